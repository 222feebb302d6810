// The numbers of a run that is under way, anew every few seconds; when its state changes, the whole page.
(() => {
    const SECONDS = 5;
    const place = document.querySelector("#run-numbers[data-refresh]");
    const stateIn = (root) => root.querySelector(".run-state")?.textContent;

    async function refresh() {
        const answer = await fetch(place.dataset.refresh, { headers: { "X-Requested-With": "XMLHttpRequest" } });
        if (!answer.ok || answer.redirected) return;
        const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
        if (stateIn(fresh) !== stateIn(place)) {
            location.reload();
            return;
        }
        place.replaceChildren(...fresh.body.childNodes);
    }

    if (place) setInterval(() => refresh().catch(() => {}), SECONDS * 1000);
})();
