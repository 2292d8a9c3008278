// If the browser supports geolocation, a button fills in the coordinates. Its texts
// are in the page.
const can = "geolocation" in navigator && window.isSecureContext;

const wait = 20000; // a phone needs some time to wake its receiver

const show = () => {
	if (can) for (const box of document.querySelectorAll("[data-locate]")) box.hidden = false;
};

const fill = (form, name, degrees) => {
	const field = form.elements[name];
	field.value = degrees.toFixed(6);
	field.dispatchEvent(new Event("input", { bubbles: true }));
};

const ask = (box) => {
	const { latitude, longitude, busy, done, denied, failed } = box.dataset;
	const said = box.querySelector("[role=status]");
	said.textContent = busy;
	navigator.geolocation.getCurrentPosition(
		({ coords }) => {
			const form = box.closest("form");
			fill(form, latitude, coords.latitude);
			fill(form, longitude, coords.longitude);
			said.textContent = done;
		},
		(error) => {
			said.textContent = error.code === error.PERMISSION_DENIED ? denied : failed;
		},
		{ enableHighAccuracy: true, timeout: wait, maximumAge: 0 },
	);
};

document.addEventListener("click", (event) => {
	const box = event.target.closest("[data-locate] button")?.closest("[data-locate]");
	if (box) ask(box);
});

document.addEventListener("DOMContentLoaded", show);
document.addEventListener("htmx:afterSettle", show);
show();
