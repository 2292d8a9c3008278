// Checks chosen files by the limits that the server has put on their inputs, before they
// are sent; the server checks them again.
const extension = (name) => name.slice(name.lastIndexOf(".")).toLowerCase();

const problemOf = ({ accept, multiple, dataset }, files) => {
	if (files.length > 1 && !multiple) return dataset.several;
	for (const { name, size } of files) {
		const text =
			(!accept.split(",").includes(extension(name)) && dataset.type) || (size === 0 && dataset.empty) || (size > dataset.max && dataset.large);
		if (text) return text.replace("{name}", () => name);
	}
	return "";
};

// check shows what is wrong with files beside their input, and reports whether anything is.
const check = (input, files = input.files) => {
	const text = problemOf(input, [...files]);
	document.getElementById(`${input.id}-problem`).textContent = text;
	if (text) input.setAttribute("aria-invalid", "true");
	else input.removeAttribute("aria-invalid");
	return text !== "";
};

const limited = "input[type=file][data-max]";

// firstUnfit returns the first input of a form with a file that the server would refuse.
export const firstUnfit = (form) => [...form.querySelectorAll(limited)].filter((input) => check(input))[0];

// firstUnreadable returns the first file that can no longer be read: it was deleted,
// moved or changed since it was chosen.
export const firstUnreadable = async (files) => {
	for (const file of files) {
		try {
			await file.slice(0, 1).arrayBuffer();
		} catch {
			return file;
		}
	}
};

document.addEventListener("change", ({ target }) => target.matches(limited) && check(target));

// Of several files that are dropped on an input for one, the browser takes the first.
document.addEventListener("drop", (event) => {
	const { target, dataTransfer } = event;
	if (!target.matches?.(limited) || target.multiple || dataTransfer.files.length < 2) return;
	event.preventDefault();
	check(target, dataTransfer.files);
});
