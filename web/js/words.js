// The count of words that a page shows follows the typing. A word is what
// stands between white space, as Unicode knows it, and has a letter or a digit:
// innovation.Words counts the same, and a test holds the two together.
const space = /[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/u;

const count = (text) => text.split(space).filter((word) => /[\p{L}\p{Nd}]/u.test(word)).length;

// What is read aloud waits until the typing rests.
const rest = 1500;

// [data-words] names the fields to count in, by their form's names; in it stand
// the words that are seen and, hidden, those that are read aloud. {n} is the count.
const tell = (box) => {
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
	if (box?.dataset.words.split(" ").includes(event.target.name)) tell(box);
});
