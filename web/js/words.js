// Updates the word counts of a page while a person types. A word is separated by
// Unicode white space and has a letter or a digit, as in innovation.Words; a test
// compares the two.
const space = /[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/u;

const count = (text) => text.split(space).filter((word) => /[\p{L}\p{Nd}]/u.test(word)).length;

// The count is read aloud when nothing has been typed for this long.
const rest = 1500;

// [data-words] has the names of the fields to count; it contains the visible text
// and, hidden, the one that is read aloud. {n} is replaced by the count.
const update = (box) => {
	const form = box.closest("form");
	const fields = box.dataset.words.split(" ").map((name) => form.elements[name]);
	const total = fields.reduce((sum, field) => sum + (field ? count(field.value) : 0), 0);
	const number = new Intl.NumberFormat(document.documentElement.lang).format(total);
	const [seen, heard] = box.children;
	seen.textContent = box.dataset.text.replace("{n}", number);
	clearTimeout(box.wait);
	box.wait = setTimeout(() => {
		heard.textContent = seen.textContent;
	}, rest);
};

document.addEventListener("input", (event) => {
	const box = event.target.form?.querySelector("[data-words]");
	if (box?.dataset.words.split(" ").includes(event.target.name)) update(box);
});
