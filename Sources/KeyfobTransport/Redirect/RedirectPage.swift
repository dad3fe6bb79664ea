import KeyfobClient
import NIOHTTP1

/// What the browser shows when it comes back: one self-contained page, no script, nothing of the request in it.
struct RedirectPage {
    let status: HTTPResponseStatus
    let title: String
    let text: String
    /// The sign above the title.
    var emblem = Emblem.attention

    /// A sign and its colours, light and dark.
    enum Emblem: String {
        case good = "✓"
        case bad = "✕"
        case attention = "!"
    }

    static func answer(to verdict: RedirectVerdict, product: String) -> RedirectPage {
        switch verdict {
        case .accepted:
            RedirectPage(
                status: .ok, title: "You can close this page",
                text: "\(product) has received your approval and goes on in the terminal.", emblem: .good)
        case .denied:
            RedirectPage(
                status: .ok, title: "Denied",
                text: "You denied the request. \(product) got no access, and says so in the terminal.", emblem: .bad)
        case .failed(let reason):
            RedirectPage(
                status: .badRequest, title: "Sign-in failed", text: "\(reason). The terminal says how to go on.")
        case .foreign:
            RedirectPage(
                status: .badRequest, title: "Not this sign-in",
                text: "This address belongs to another sign-in. Go back to the page that the terminal opened.")
        }
    }

    static let notFound = RedirectPage(status: .notFound, title: "Not found", text: "There is nothing here.")
    static let wrongMethod = RedirectPage(
        status: .methodNotAllowed, title: "Not possible", text: "Only a browser's own visit is answered here.")

    var fields: HTTPHeaders {
        [
            "content-type": "text/html; charset=utf-8",
            "content-length": "\(html.utf8.count)",
            "content-security-policy":
                "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
                + "frame-ancestors 'none'",
            "cache-control": "no-store",
            "referrer-policy": "no-referrer",
            "x-content-type-options": "nosniff",
            "connection": "close",
        ]
    }

    var html: String {
        """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>\(Self.escaped(title))</title>
        <style>
        :root { color-scheme: light dark; --page: #f4f6f9; --card: #fff; --line: #e1e5eb; --text: #14171f;
          --quiet: #565e6c; --good: #0b6b3a; --good-back: #e5f5ec; --bad: #a31515; --bad-back: #fdeeee;
          --attention: #7a4d00; --attention-back: #fdf3e0 }
        @media (prefers-color-scheme: dark) { :root { --page: #16171d; --card: #1d1f27; --line: #2f323c; --text: #f2f3f5;
          --quiet: #a4abb8; --good: #6fdc9f; --good-back: #12291d; --bad: #ff9d9d; --bad-back: #331719;
          --attention: #ffce73; --attention-back: #2e2410 } }
        body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: var(--page);
          color: var(--text); font: 1rem/1.5 system-ui, sans-serif; text-align: center }
        main { max-width: 22rem; margin: 1rem; padding: 2.25rem 2rem; background: var(--card);
          border: 1px solid var(--line); border-radius: 16px; box-shadow: 0 8px 30px rgb(0 0 0 / 8%) }
        .emblem { width: 3rem; height: 3rem; margin: 0 auto 1rem; border-radius: 50%; display: grid; place-items: center;
          font-size: 1.4rem; font-weight: 700 }
        .good { color: var(--good); background: var(--good-back) }
        .bad { color: var(--bad); background: var(--bad-back) }
        .attention { color: var(--attention); background: var(--attention-back) }
        h1 { margin: 0 0 .5rem; font-size: 1.25rem }
        p { margin: 0; color: var(--quiet); overflow-wrap: anywhere }
        </style>
        </head>
        <body><main><div class="emblem \(emblem)" aria-hidden="true">\(emblem.rawValue)</div>
        <h1>\(Self.escaped(title))</h1><p>\(Self.escaped(text))</p></main></body>
        </html>

        """
    }

    // By scalar: as a character, a "<" with a combining mark behind it is no "<".
    private static func escaped(_ text: String) -> String {
        text.unicodeScalars.reduce(into: "") { result, scalar in
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            default: result.unicodeScalars.append(scalar)
            }
        }
    }
}
