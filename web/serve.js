(() => {
  'use strict';
  const strings = JSON.parse(document.body.dataset.strings);
  const state = document.getElementById('state'), said = document.getElementById('said');
  const frame = document.getElementById('report');
  let version = 0, shown = 0;

  /* The frame keeps its language, settings and place on the page. */
  const showReport = number => {
    if (number === shown) return;
    let hash = '#' + strings.lang, at = 0;
    if (shown) {
      hash = frame.contentWindow.location.hash || hash;
      at = frame.contentWindow.scrollY;
    }
    shown = number;
    frame.onload = () => frame.contentWindow.scrollTo(0, at);
    frame.src = `report?${number}${hash}`;
  };
  const show = news => {
    version = news.version;
    if (!version) return;
    if (news.good) showReport(news.report);
    frame.hidden = !news.good;
    said.textContent = news.said;
    said.hidden = !news.said;
    document.body.className = news.good ? 'good' : 'bad';
    state.textContent = !news.good ? strings.errors : news.said ? strings.remarks : strings.fresh;
    document.documentElement.dataset.version = version;
  };
  const follow = async () => {
    for (;;) {
      try {
        const answer = await fetch(`state?after=${version}`, {cache: 'no-store'});
        if (!answer.ok) throw new Error(String(answer.status));
        show(await answer.json());
      } catch {
        state.textContent = strings.gone;
        await new Promise(go => setTimeout(go, 2000));
      }
    }
  };
  follow();
})();
