extension StyleSheet {
    /// The rules that all brands share; they use `--accent` and `--on-accent`, which stand before them.
    static let rules = #"""
        :root {
          color-scheme: light dark;
          --page: #f5f6f8;
          --card: #ffffff;
          --sunken: #f7f8fa;
          --text: #15181e;
          --muted: #5a6170;
          --line: #e2e5ea;
          --field: #858c9a;
          --edge: #c6cbd5;
          --hover: #f1f3f6;
          --good: #0a6b40;
          --good-fill: #e7f6ee;
          --warn: #7a4a05;
          --warn-fill: #fff6e0;
          --warn-line: #f0d28c;
          --bad: #a91d16;
          --bad-fill: #fdf0ef;
          --bad-line: #f3c3bf;
          --focus: #15181e;
          --shadow: 0 1px 2px rgb(16 24 40 / 5%), 0 12px 32px -12px rgb(16 24 40 / 14%);
          --mono: ui-monospace, "SF Mono", SFMono-Regular, Menlo, Consolas, "Cascadia Mono", "DejaVu Sans Mono", "Liberation Mono", monospace;
        }
        @media (prefers-color-scheme: dark) {
          :root {
            --page: #0c0d10;
            --card: #15171c;
            --sunken: #1a1d23;
            --text: #eceef2;
            --muted: #a0a7b4;
            --line: #2a2e37;
            --field: #6d7584;
            --edge: #434a57;
            --hover: #20242b;
            --good: #6fdba4;
            --good-fill: #11281d;
            --warn: #f4c568;
            --warn-fill: #271e0d;
            --warn-line: #54421b;
            --bad: #ff9d94;
            --bad-fill: #2c1514;
            --bad-line: #5f2926;
            --focus: #ffffff;
            --shadow: 0 1px 0 rgb(255 255 255 / 3%) inset, 0 16px 40px -16px rgb(0 0 0 / 60%);
          }
        }
        @media (prefers-contrast: more) {
          :root { --muted: var(--text); --line: var(--field); --edge: var(--text); --field: var(--text); }
        }

        *, ::before, ::after { box-sizing: border-box; }
        html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; background: var(--page); }
        body {
          margin: 0;
          color: var(--text);
          font: 400 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Helvetica Neue", Arial, sans-serif;
          -webkit-font-smoothing: antialiased;
          overflow-wrap: anywhere;
        }
        h1, h2, p, dl, dd, ul { margin: 0; }
        ul { padding: 0; list-style: none; }
        h1 { font-size: 1.375rem; line-height: 1.3; font-weight: 650; letter-spacing: -.014em; text-wrap: balance; }
        h2 { font-size: .875rem; line-height: 1.4; font-weight: 600; color: var(--muted); }
        strong { font-weight: 600; }
        bdi { unicode-bidi: isolate; }
        .muted, .lead, .fine { color: var(--muted); }
        .mono, .scope { font-family: var(--mono); font-size: .9em; }
        .icon { display: block; flex: none; width: 1.25rem; height: 1.25rem; }

        .page {
          display: flex;
          flex-direction: column;
          align-items: center;
          gap: 1.5rem;
          min-height: 100vh;
          min-height: 100svh;
          padding: clamp(1.5rem, 11vh, 7.5rem) 1rem 2rem;
        }
        .page:has(.roomy) { padding-top: clamp(1.5rem, 5vh, 4rem); }
        .brand { display: flex; align-items: center; gap: .625rem; max-width: 25rem; font-size: 1.0625rem; font-weight: 620; letter-spacing: -.01em; }
        .mark {
          display: grid;
          place-items: center;
          flex: none;
          width: 2rem;
          height: 2rem;
          border: 1px solid transparent;
          border-radius: .5625rem;
          background: var(--accent);
          color: var(--on-accent);
          font-size: 1.0625rem;
          font-weight: 700;
          line-height: 1;
        }
        .card {
          width: 100%;
          max-width: 25rem;
          padding: 2rem;
          border: 1px solid var(--line);
          border-radius: 1rem;
          background: var(--card);
          box-shadow: var(--shadow);
        }
        .card.roomy { max-width: 29rem; }
        .card.centered { text-align: center; }
        .lead { margin-top: .375rem; text-wrap: pretty; }
        .centered p { text-wrap: balance; }
        .lead strong { color: var(--text); }
        .next { margin-top: .75rem; }
        .fine { margin-top: 1.25rem; font-size: .875rem; text-wrap: pretty; }
        .stack { display: grid; gap: 1.125rem; margin-top: 1.5rem; }
        .stack form { display: grid; }
        .card > .stack > .button + form, .card > .stack > .button + .button { margin-top: -.375rem; }
        .actions { margin-top: 1.5rem; }

        .field { display: grid; gap: .4375rem; min-width: 0; }
        label { font-size: .9375rem; font-weight: 550; }
        input, select {
          width: 100%;
          min-height: 2.75rem;
          padding: .5rem .75rem;
          border: 1px solid var(--field);
          border-radius: .625rem;
          background: var(--card);
          color: inherit;
          font: inherit;
          line-height: 1.4;
        }
        select { cursor: pointer; }
        input[type="checkbox"] { flex: none; width: 1.25rem; min-height: 1.25rem; margin: .1875rem 0 0; accent-color: var(--accent); }
        fieldset { display: grid; gap: .5rem; min-width: 0; margin: 0; padding: 0; border: 0; }
        legend { margin-bottom: .4375rem; padding: 0; font-size: .9375rem; font-weight: 550; }
        .choice { display: flex; gap: .625rem; }
        .choice label { flex: 1; min-width: 0; font-weight: 400; }
        .hint { font-size: .875rem; color: var(--muted); }
        input::placeholder { color: var(--muted); opacity: .62; }
        input[aria-invalid] { border-color: var(--bad); }
        input:-webkit-autofill { box-shadow: 0 0 0 100rem var(--card) inset; -webkit-text-fill-color: var(--text); caret-color: var(--text); }
        .code-input {
          min-height: 3.75rem;
          font-family: var(--mono);
          font-size: clamp(1.25rem, 7vw, 1.75rem);
          font-weight: 600;
          letter-spacing: .1em;
          text-align: center;
          text-transform: uppercase;
        }
        .code-shown {
          margin-top: 1.25rem;
          padding: 1.125rem .5rem;
          border: 1px solid var(--line);
          border-radius: .75rem;
          background: var(--sunken);
          font: 650 clamp(1.375rem, 8.4vw, 2.125rem)/1.25 var(--mono);
          letter-spacing: .08em;
          text-align: center;
        }

        .button {
          display: inline-flex;
          align-items: center;
          justify-content: center;
          gap: .5rem;
          min-height: 2.75rem;
          min-width: 0;
          padding: .5rem 1.125rem;
          border: 1px solid var(--edge);
          border-radius: .625rem;
          background: var(--card);
          color: var(--text);
          font: inherit;
          font-weight: 600;
          line-height: 1.3;
          text-align: center;
          text-decoration: none;
          cursor: pointer;
          touch-action: manipulation;
        }
        .button:hover { background: var(--hover); }
        .button:active { background: var(--line); }
        .button.primary { border-color: transparent; background: var(--accent); color: var(--on-accent); }
        .button.primary:hover { background: color-mix(in srgb, var(--accent) 88%, var(--text)); }
        .button.primary:active { background: color-mix(in srgb, var(--accent) 76%, var(--text)); }
        .button.danger { border-color: var(--bad); color: var(--bad); }
        .button.danger:hover { background: var(--bad-fill); }
        .wide { width: 100%; }
        .choices { display: grid; grid-template-columns: 1fr 1fr; gap: .75rem; margin-top: 1.5rem; }
        .link {
          padding: .25rem 0;
          border: 0;
          border-radius: .25rem;
          background: none;
          color: var(--text);
          font: inherit;
          font-weight: 550;
          text-decoration: underline;
          text-decoration-color: var(--field);
          text-underline-offset: .2em;
          cursor: pointer;
        }
        .link:hover { text-decoration-color: currentColor; }
        :focus-visible { outline: 2px solid var(--focus); outline-offset: 2px; }
        input:focus-visible, select:focus-visible { outline-offset: -1px; border-color: var(--focus); }

        .notice { display: flex; gap: .625rem; padding: .75rem .875rem; border: 1px solid; border-radius: .75rem; font-size: .9375rem; line-height: 1.45; }
        .notice > :last-child { flex: 1; min-width: 0; }
        .notice .icon { margin-top: .0625rem; }
        .notice p + p { margin-top: .25rem; }
        .notice.error { border-color: var(--bad-line); background: var(--bad-fill); color: var(--bad); }
        .notice.warn { margin-top: 1.25rem; border-color: var(--warn-line); background: var(--warn-fill); color: var(--warn); }

        .badges { display: flex; margin-top: .75rem; }
        .badge { display: inline-flex; align-items: center; gap: .375rem; padding: .1875rem .625rem .1875rem .5rem; border: 1px solid transparent; border-radius: 1rem; font-size: .8125rem; font-weight: 600; line-height: 1.4; }
        .badge .icon { width: 1rem; height: 1rem; }
        .badge.good { background: var(--good-fill); color: var(--good); }
        .badge.warn { border-color: var(--warn-line); background: var(--warn-fill); color: var(--warn); }

        .facts { margin: 1.25rem 0; border: 1px solid var(--line); border-radius: .75rem; background: var(--sunken); font-size: .9375rem; }
        .facts div { display: grid; grid-template-columns: 7rem minmax(0, 1fr); gap: 0 .75rem; padding: .4375rem .875rem; }
        .facts div + div { border-top: 1px solid var(--line); }
        .facts dt { color: var(--muted); overflow-wrap: normal; }
        .facts dd { font-weight: 500; }
        .facts .muted { font-weight: 400; }
        .scopes { display: grid; gap: .5rem; margin-top: .625rem; font-size: .9375rem; }
        .scopes li { display: flex; gap: .625rem; min-width: 0; }
        .scopes span { min-width: 0; }
        .scopes .icon { width: 1.125rem; height: 1.125rem; margin-top: .1875rem; color: var(--good); }
        .scope { color: var(--muted); }

        .crumbs { margin-bottom: .5rem; font-size: .875rem; color: var(--muted); }
        .items { display: grid; gap: 1.5rem; margin-top: 1.5rem; }
        .items h2 { display: flex; flex-wrap: wrap; align-items: center; gap: .25rem .625rem; font-size: 1rem; color: var(--text); }
        .items .badge { padding-left: .625rem; border-color: var(--line); }
        .items .facts { margin: .625rem 0; }
        .ways { display: flex; gap: 1.25rem; font-size: .9375rem; }
        .unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
        .emblem { display: grid; place-items: center; width: 3.25rem; height: 3.25rem; margin: .25rem auto 1.125rem; border: 1px solid transparent; border-radius: 50%; background: var(--sunken); color: var(--muted); }
        .emblem .icon { width: 1.625rem; height: 1.625rem; }
        .emblem.good { background: var(--good-fill); color: var(--good); }
        .emblem.warn { background: var(--warn-fill); color: var(--warn); }
        .emblem.bad { background: var(--bad-fill); color: var(--bad); }
        .session { display: flex; flex-wrap: wrap; align-items: baseline; justify-content: center; gap: 0 .75rem; max-width: 25rem; font-size: .875rem; color: var(--muted); text-align: center; }
        .session strong { color: var(--text); }

        @media (max-width: 30rem) {
          html { background: var(--card); }
          .page, .page:has(.roomy) { padding: 1.25rem 1.25rem 2rem; gap: 1.75rem; }
          .brand { align-self: flex-start; max-width: 100%; }
          .card { padding: 0; border: 0; border-radius: 0; box-shadow: none; background: none; }
          .emblem { margin-top: 1.5rem; }
        }
        @media (max-width: 22rem) {
          .facts div { grid-template-columns: minmax(0, 1fr); }
        }
        @media (max-width: 14rem) {
          .choices { grid-template-columns: minmax(0, 1fr); }
        }
        @media (prefers-reduced-motion: no-preference) {
          .button, .link, input { transition: background-color .12s ease-out, border-color .12s ease-out, text-decoration-color .12s ease-out; }
        }
        @media (forced-colors: active) {
          .button.primary { border-color: ButtonText; }
          .mark, .badge, .emblem, .card { border-color: CanvasText; }
        }
        """#
}
