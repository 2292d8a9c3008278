// Lets a person whose session has ended sign in beside their form, in the dialog
// [data-sign-in]. It shows the program's own pages for it, one after the other, so that
// second factors work too.
const finished = "/masuk/selesai"; // says who has signed in
const first = "/masuk?ke=" + encodeURIComponent(finished);

const dialog = () => document.querySelector("[data-sign-in]");
const part = (name) => dialog().querySelector(`[data-${name}]`);

// separate renames the ids of a page, which the page behind may have too.
const separate = (page) => {
	const own = (id) => "masuk-" + id;
	for (const e of page.querySelectorAll("[id]")) e.id = own(e.id);
	for (const e of page.querySelectorAll("[for]")) e.htmlFor = own(e.htmlFor);
	for (const e of page.querySelectorAll("[aria-describedby]")) {
		e.setAttribute("aria-describedby", e.getAttribute("aria-describedby").split(" ").map(own).join(" "));
	}
	for (const e of page.querySelectorAll("a[href^='#']")) e.setAttribute("href", "#" + own(e.getAttribute("href").slice(1)));
};

const patience = 20000; // ms: how long a page may take

let asked = null; // of whom, and whom to answer; null if the dialog is closed
let busy = false;

const answer = (who) => {
	const { resolve } = asked;
	asked = null;
	part("step").replaceChildren();
	dialog().close();
	resolve(who);
};

// offerAnew offers to begin anew, as the form cannot be sent.
const offerAnew = (offered) => {
	part("anew").hidden = !offered;
	part("lead").hidden = offered;
};

// open shows the page at an address, or finishes.
const open = async (address, request = {}) => {
	if (busy) return;
	busy = true;
	part("problem").textContent = "";
	try {
		const got = await fetch(address, { ...request, signal: AbortSignal.timeout(patience) });
		const page = new DOMParser().parseFromString(await got.text(), "text/html");
		const main = page.getElementById("main");
		if (!main) throw new Error("not a page of the program");
		if (asked) show(main, request.method === "POST");
	} catch {
		if (asked) part("problem").textContent = dialog().dataset.cut;
	} finally {
		busy = false;
	}
};

const show = (main, typed) => {
	const who = main.querySelector("[data-signed-in]")?.dataset;
	if (who?.signedIn === asked.person) return answer("same");
	if (who && (typed || asked.typed)) return answer("other");
	if (who) { // in another tab
		part("step").replaceChildren();
		part("problem").textContent = dialog().dataset.other.replace("{name}", () => who.name);
		offerAnew(true);
		return;
	}
	asked.typed ||= typed;
	separate(main);
	const step = part("step");
	step.replaceChildren(...main.childNodes);
	(step.querySelector("[role=alert] [data-focus]") ?? step.querySelector("input:not([type=hidden])") ?? step.querySelector("[data-focus]"))?.focus();
};

// signInBeside returns whether the same person has signed in, another one, or nobody.
export const signInBeside = (person) =>
	new Promise((resolve) => {
		asked = { person, resolve, typed: false };
		offerAnew(false);
		dialog().showModal();
		open(first);
	});

// sessionHasEnded reports whether the server says so.
export const sessionHasEnded = async (person) => {
	try {
		const got = await fetch(finished, { redirect: "manual", headers: { "X-Person": person }, signal: AbortSignal.timeout(10000) });
		return got.type === "opaqueredirect";
	} catch {
		return false;
	}
};

const inside = (target) => target.closest?.("[data-sign-in]");

document.addEventListener("submit", (event) => {
	const { target: form, submitter } = event;
	if (!inside(form)) return;
	event.preventDefault();
	const address = submitter?.getAttribute("formaction") ?? form.getAttribute("action");
	open(address, { method: "POST", body: new URLSearchParams(new FormData(form, submitter)) });
});

document.addEventListener("click", (event) => {
	if (!inside(event.target)) return;
	const link = event.target.closest("a[href^='/']");
	if (link) {
		event.preventDefault();
		open(link.getAttribute("href"));
	}
	if (event.target.closest("[data-leave]")) dialog().close();
	if (event.target.closest("[data-anew]")) answer("other");
});

// Also by the key Escape.
document.addEventListener("close", ({ target }) => asked && inside(target) && answer("nobody"), true);
