// Buttons with data-copy copy the text of an element. Without script they stay hidden,
// and the text can be marked and copied by hand.
const show = (root) => {
	for (const button of root.querySelectorAll("button[data-copy]")) button.hidden = !navigator.clipboard;
};

document.addEventListener("DOMContentLoaded", () => show(document));
document.addEventListener("htmx:load", (event) => show(event.target));
document.addEventListener("click", async (event) => {
	const button = event.target.closest?.("button[data-copy]");
	if (!button) return;
	const text = document.getElementById(button.dataset.copy);
	try {
		await navigator.clipboard.writeText(text.value);
		button.closest("section").querySelector("[role=status]").textContent = button.dataset.copied;
	} catch {
		text.focus();
		text.select(); // the browser has refused: the reader copies it
	}
});
