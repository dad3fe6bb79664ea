import KeyfobClient
import NIOHTTP1

/// What the browser shows when it comes back: one self-contained page, no script, nothing of the request in it.
struct RedirectPage {
    let status: HTTPResponseStatus
    let title: String
    let text: String

    static func answer(to verdict: RedirectVerdict, product: String) -> RedirectPage {
        switch verdict {
        case .accepted:
            RedirectPage(
                status: .ok, title: "You can close this page",
                text: "\(product) has received your approval and goes on in the terminal.")
        case .denied:
            RedirectPage(
                status: .ok, title: "Denied",
                text: "You denied the request. \(product) got no access, and says so in the terminal.")
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
        :root { color-scheme: light dark }
        body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: Canvas; color: CanvasText;
          font: 1rem/1.5 system-ui, sans-serif }
        main { max-width: 26rem; margin: 1rem; padding: 2rem; border: 1px solid GrayText; border-radius: 12px }
        h1 { margin: 0 0 .5rem; font-size: 1.25rem }
        p { margin: 0 }
        </style>
        </head>
        <body><main><h1>\(Self.escaped(title))</h1><p>\(Self.escaped(text))</p></main></body>
        </html>

        """
    }

    private static func escaped(_ text: String) -> String {
        text.reduce(into: "") { result, character in
            switch character {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            default: result.append(character)
            }
        }
    }
}
