/// What all pages have around them.
enum LayoutTemplate {
    /// The document; a page fills in `title`, `main`, and if it wants `size` (more classes of the card) and `after`.
    static let source = #"""
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <meta name="robots" content="noindex">
        <meta name="format-detection" content="telephone=no">
        <title>{{$title}}{{/title}} · {{brandName}}</title>
        <link rel="stylesheet" href="{{styleSheet}}">
        <link rel="icon" type="image/svg+xml" href="{{icon}}">
        </head>
        <body>
        <div class="page">
        <header class="brand"><span class="mark" aria-hidden="true">{{brandInitial}}</span><bdi class="brand-name">{{brandName}}</bdi></header>
        <main class="card{{$size}}{{/size}}">
        {{$main}}{{/main}}
        </main>
        {{$after}}{{/after}}
        </div>
        </body>
        </html>
        """#

    /// Who is signed in, and the way out; below the card.
    static let session = #"""
        {{#signedInAs}}
        <footer class="session"><span>Signed in as <strong><bdi>{{signedInAs}}</bdi></strong></span>
        {{#signOutAction}}
        <form method="post" action="{{signOutAction}}"><input type="hidden" name="csrf" value="{{csrf}}"><button type="submit" class="link">Sign out</button></form>
        {{/signOutAction}}
        </footer>
        {{/signedInAs}}
        """#
}
