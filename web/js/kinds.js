// Hides the fields of kinds of evidence that are not chosen, and says on the button what
// saving adds. Without script all fields are there.
const filled = (box) => [...box.querySelectorAll("input, select")].some((i) => i.value !== "" && (i.type !== "checkbox" || i.checked));

const kinds = (form) => {
	const kind = form.elements.jenis?.value;
	if (kind === undefined) return;
	for (const box of form.querySelectorAll("[data-kinds]")) {
		const needed = kind === "" || box.dataset.kinds.split(" ").includes(kind);
		box.hidden = !needed && !filled(box) && !box.querySelector("[aria-invalid]");
	}
};

const worth = (form) => {
	const button = form.querySelector("button[data-worth]");
	if (!button) return;
	button.plain ??= button.textContent;
	const fields = form.elements;
	const proven = "proven" in button.dataset || ["berkas", "pakai", "alamat"].some((name) => fields[name]?.value) || fields.terkirim?.checked;
	const chosen = form.querySelector("input[name=pilihan]:checked")?.dataset.points ?? 0;
	const more = (proven ? Number(chosen) : 0) - Number(button.dataset.earned);
	const number = new Intl.NumberFormat(document.documentElement.lang).format(more);
	button.textContent = more > 0 ? button.dataset.worth.replace("{n}", number) : button.plain;
};

const update = (form) => {
	kinds(form);
	worth(form);
};

const all = (root) => {
	for (const button of root.querySelectorAll("button[data-worth]")) update(button.form);
};

document.addEventListener("DOMContentLoaded", () => all(document));
document.addEventListener("htmx:load", (event) => all(event.target));
for (const type of ["change", "input"]) {
	document.addEventListener(type, (event) => event.target.form?.querySelector("button[data-worth]") && update(event.target.form));
}
