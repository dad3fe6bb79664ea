/// Says what went wrong and what to do about it.
///
/// The status is set by the route.
package struct ProblemPage: Sendable, Equatable {
    /// The problem in a few words, as in "This code has expired".
    package var title: String
    /// What happened, in a sentence.
    package var happened: String
    /// What to do next, in a sentence.
    package var nextStep: String
    /// What an operator can find the matter by in the log.
    package var reference: String?
    /// Where to go on from here.
    package var link: PageLink?

    /// Creates the page; optional parts are left out of it when absent.
    package init(
        title: String,
        happened: String,
        nextStep: String,
        reference: String? = nil,
        link: PageLink? = nil
    ) {
        self.title = title
        self.happened = happened
        self.nextStep = nextStep
        self.reference = reference
        self.link = link
    }

    var values: PageValues {
        [
            "problem": .text(title),
            "happened": .text(happened),
            "nextStep": .text(nextStep),
            "reference": .text(reference),
            "hasLink": .flag(link != nil),
            "linkLabel": .text(link?.label),
            "linkPath": .exact(link?.path),
        ]
    }

    static let template = #"""
        {{<layout}}
        {{$title}}{{#problem}}{{problem}}{{/problem}}{{/title}}
        {{$size}} centered{{/size}}
        {{$main}}
        <div class="emblem warn">{{> iconAlert}}</div>
        <div role="alert">
          <h1><bdi>{{#problem}}{{problem}}{{/problem}}{{^problem}}Something went wrong{{/problem}}</bdi></h1>
          {{#happened}}
          <p class="lead"><bdi>{{happened}}</bdi></p>
          {{/happened}}
          {{#nextStep}}
          <p class="next"><bdi>{{nextStep}}</bdi></p>
          {{/nextStep}}
        </div>
        {{#hasLink}}
        <p class="actions"><a class="button wide" href="{{linkPath}}">{{#linkLabel}}{{linkLabel}}{{/linkLabel}}</a></p>
        {{/hasLink}}
        {{#reference}}
        <p class="fine">Reference <bdi class="mono">{{reference}}</bdi></p>
        {{/reference}}
        {{/main}}
        {{/layout}}
        """#
}

/// A way on from a page.
package struct PageLink: Sendable, Equatable {
    /// What the link says.
    package var label: String
    /// The path on this server that it leads to; never text from outside.
    package var path: String

    /// Creates a link.
    package init(label: String, path: String) {
        self.label = label
        self.path = path
    }
}
