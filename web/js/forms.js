// Sends all forms. What was typed stays on the page until the server has answered with
// the next page: if the line breaks, a file is gone or the answer is a refusal, a
// sentence says so; if the session has ended, a sign-in opens beside the form. While a
// form is being sent, no other is.
//
// [data-sending] is the place of the sentences and has their texts.
import htmx from "htmx.org";
import { firstUnfit, firstUnreadable } from "./files.js";
import { sessionHasEnded, signInBeside } from "./signin.js";

const quiet = 500; // ms: a form that is answered sooner needs no sentence
const leaving = 1000; // ms: in which the browser opens the next page

const place = () => document.querySelector("[data-sending]");
const part = (name) => place().querySelector(`[data-${name}]`);
const texts = () => place().dataset;

// say shows a sentence with those of the parts that belong to it, or nothing.
const say = (text, ...parts) => {
	part("sentence").textContent = text;
	for (const name of ["progress", "cancel", "again", "close"]) part(name).hidden = !parts.includes(name);
	place().toggleAttribute("data-failed", parts.includes("close"));
};

let sending = null; // the form on its way
let last = null; // the form that was sent last

const filesOf = (form) => [...form.querySelectorAll("input[type=file]")].flatMap((input) => [...input.files]);

const begin = (form, button) => {
	sending = { form, files: filesOf(form), buttons: form.querySelectorAll("button:not([type=button])") };
	last = { form, button };
	say("");
	for (const b of sending.buttons) b.setAttribute("aria-disabled", "true");
};

const end = () => {
	if (!sending) return;
	clearTimeout(sending.quiet);
	clearTimeout(sending.silent);
	for (const b of sending.buttons) b.removeAttribute("aria-disabled");
	sending = null;
	say("");
};

// fail ends the sending with a sentence; the form is as it was.
const fail = (text) => {
	end();
	say(text, "again", "close");
};

const sendAgain = () => {
	const { form, button } = last;
	if (button) button.click();
	else form.requestSubmit();
};

const signIn = async () => {
	end();
	switch (await signInBeside(texts().person)) {
		case "same":
			return sendAgain();
		case "other": // gets nothing of what was typed
			for (const form of document.forms) form.reset();
			return location.replace(location.pathname + location.search);
	}
	say(texts().ended, "again", "close");
};

// unanswered finds out why there was no answer.
const unanswered = async () => {
	if (!sending) return;
	const { files, cancelled } = sending;
	if (cancelled) return fail(texts().cancelled);
	const gone = await firstUnreadable(files);
	if (gone) return fail(texts().gone.replace("{name}", () => gone.name));
	if (!navigator.onLine) return fail(texts().offline);
	// The server refuses a file without a session before it has read it, and the answer
	// may be lost.
	if (texts().person && files.length && (await sessionHasEnded(texts().person))) return signIn();
	fail(texts().cut);
};

// empty leaves nothing on the page for Back to show: the browser keeps it as it was left.
const empty = () => {
	end();
	document.body.replaceChildren();
};

const showProgress = (loaded, total) => {
	const percent = total ? Math.floor((100 * loaded) / total) : 0;
	part("progress").querySelector("progress").value = percent;
	part("percent").textContent = new Intl.NumberFormat(document.documentElement.lang, { style: "percent" }).format(percent / 100);
};

document.addEventListener("htmx:confirm", async (event) => {
	event.preventDefault();
	const { elt, triggeringEvent, issueRequest } = event.detail;
	if (sending) {
		if (elt !== sending.form) part("sentence").textContent = texts().elsewhere;
		return;
	}
	const unfit = firstUnfit(elt);
	if (unfit) return unfit.focus();
	begin(elt, triggeringEvent?.submitter);
	const gone = sending.files.length && (await firstUnreadable(sending.files));
	if (gone) return fail(texts().gone.replace("{name}", () => gone.name));
	issueRequest(true);
});

document.addEventListener("htmx:configRequest", ({ detail: { elt, headers } }) => {
	if (texts().person) headers["X-Person"] = texts().person;
	if ("navigate" in elt.dataset) headers["X-Navigate"] = "1"; // a redirect is left to the browser
});

document.addEventListener("htmx:beforeSend", ({ detail: { xhr } }) => {
	sending.xhr = xhr;
	const alive = () => {
		clearTimeout(sending?.silent);
		if (sending) sending.silent = setTimeout(() => xhr.abort(), 1000 * texts().timeout);
	};
	alive();
	xhr.addEventListener("progress", alive);
	xhr.upload.addEventListener("progress", ({ loaded, total }) => {
		alive();
		showProgress(loaded, total);
	});
	if (!sending.files.length) {
		sending.quiet = setTimeout(() => say(texts().busy), quiet);
		return;
	}
	showProgress(0, 1);
	say(texts().file.replace("{name}", () => sending.files.map((f) => f.name).join(", ")), "progress", "cancel");
	xhr.upload.addEventListener("load", () => {
		alive();
		showProgress(1, 1);
		say(texts().waiting, "progress");
	});
});

document.addEventListener("htmx:beforeOnLoad", ({ detail: { elt, xhr } }) => {
	if (!xhr.getResponseHeader("HX-Redirect")) return;
	clearTimeout(sending.silent);
	setTimeout(end, leaving); // it may be a file, which leaves the page where it is
	if ("signOut" in elt.dataset) empty();
});

document.addEventListener("htmx:beforeSwap", ({ detail }) => {
	const page = new DOMParser().parseFromString(detail.serverResponse, "text/html");
	const refusal = [...page.querySelectorAll("[data-refusal]")].map((e) => e.textContent);
	const ended = detail.xhr.status === 401 && texts().person;
	// What was sent is saved if its answer led elsewhere, and only the page there is refused.
	const led = new URL(detail.xhr.responseURL).pathname !== new URL(detail.pathInfo.requestPath, location.href).pathname;
	if (led && (refusal.length || ended)) {
		detail.shouldSwap = false;
		return location.assign(detail.xhr.responseURL);
	}
	if (page.getElementById("main") && !refusal.length && !ended) return end();
	detail.shouldSwap = false;
	if (ended) signIn();
	else if (refusal.length) fail([...refusal, texts().stays].join(" "));
	else fail(texts().cut); // of a proxy, say
});

for (const name of ["htmx:sendError", "htmx:sendAbort", "htmx:timeout"]) document.addEventListener(name, unanswered);

document.addEventListener("click", ({ target }) => {
	const pressed = (name) => target.closest(`[data-sending] [data-${name}]`);
	if (pressed("again")) sendAgain();
	if (pressed("close")) say("");
	if (pressed("cancel") && sending) {
		sending.cancelled = true;
		sending.xhr.abort();
	}
});

// The browser may have kept the page as it was left.
window.addEventListener("pageshow", ({ persisted }) => {
	if (persisted) place() ? end() : location.reload();
});
