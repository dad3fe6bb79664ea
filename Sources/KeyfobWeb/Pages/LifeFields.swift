/// The part of a form that asks how long a token shall live.
///
/// It posts `life`, the name of a choice, where there are choices, and `expires_on` where a day can be named.
package struct LifeFields: Sendable, Equatable {
    /// One choice.
    package struct Choice: Sendable, Equatable {
        /// What is posted.
        package var name: String
        /// What the person reads.
        package var label: String
        /// Whether it is chosen beforehand.
        package var isChosen: Bool
    }

    /// What the fields are called.
    package var label: String
    /// The choices; without any there is only the day.
    package var choices: [Choice]
    /// Whether a day can be named.
    package var hasDay: Bool
    /// The day that was named before, refilled.
    package var day: String
    /// The first day that makes sense, as `2026-11-05`.
    package var firstDay: String
    /// Whether no day means for ever.
    package var canBeEmpty: Bool

    var values: PageValues {
        [
            "lifeLabel": .fact(label),
            "hasLives": .flag(!choices.isEmpty),
            "lives": .rows(
                choices.map {
                    ["lifeName": .exact($0.name), "lifeText": .fact($0.label), "lifeChosen": .flag($0.isChosen)]
                }
            ),
            "hasDay": .flag(hasDay),
            "day": .fact(day),
            "firstDay": .exact(firstDay),
            "dayIsFree": .flag(canBeEmpty),
        ]
    }

    static let template = #"""
        {{#hasLives}}
        <div class="field">
          <label for="life"><bdi>{{#lifeLabel}}{{lifeLabel}}{{/lifeLabel}}</bdi></label>
          <select id="life" name="life">
            {{#lives}}
            <option value="{{lifeName}}"{{#lifeChosen}} selected{{/lifeChosen}}>{{#lifeText}}{{lifeText}}{{/lifeText}}</option>
            {{/lives}}
          </select>
        </div>
        {{/hasLives}}
        {{#hasDay}}
        <div class="field">
          <label for="expires_on">{{#hasLives}}Day{{/hasLives}}{{^hasLives}}<bdi>{{#lifeLabel}}{{lifeLabel}}{{/lifeLabel}}</bdi>{{/hasLives}}</label>
          <input id="expires_on" name="expires_on" type="date" value="{{#day}}{{day}}{{/day}}" min="{{firstDay}}" aria-describedby="day_hint">
          <p class="hint" id="day_hint">The last day on which it works, in UTC.{{#dayIsFree}} Leave it empty for a token that never expires.{{/dayIsFree}}</p>
        </div>
        {{/hasDay}}
        """#
}
