extension ApprovePage {
    var values: PageValues {
        [
            "action": .exact(action),
            "csrf": .exact(csrf),
            "hiddenFields": .rows(hiddenFields.map { ["fieldName": .exact($0.name), "fieldValue": .exact($0.value)] }),
            "clientName": .fact(clientName),
            "clientVerified": .flag(clientVerified),
            "accountName": .fact(account.name),
            "accountEmail": .fact(account.email),
            "organization": .fact(organization),
            "code": .fact(code),
            "hasRequester": .flag(requester != nil),
            "address": .fact(requester?.address),
            "hostName": .fact(requester?.hostName),
            "system": .fact(requester?.system),
            "started": .fact(requester?.started),
            "addressDiffers": .flag(requester?.addressDiffers ?? false),
            "browserAddress": .fact(requester?.browserAddress),
            "hasScopes": .flag(!scopes.isEmpty),
            "scopes": .rows(scopes.map { ["scopeName": .fact($0.name), "scopeWords": .text($0.words)] }),
            "redirectHost": .text(redirectHost),
            "expiry": .text(expiry),
        ]
    }

    static let template = #"""
        {{<layout}}
        {{$title}}Approve access{{/title}}
        {{$size}} roomy{{/size}}
        {{$main}}
        <h1><bdi>{{#clientName}}{{clientName}}{{/clientName}}{{^clientName}}An unnamed client{{/clientName}}</bdi> wants to access your account</h1>
        <p class="badges">
          {{#clientVerified}}
          <span class="badge good">{{> iconShield}}Verified by the operator</span>
          {{/clientVerified}}
          {{^clientVerified}}
          <span class="badge warn">{{> iconAlert}}Not verified</span>
          {{/clientVerified}}
        </p>
        {{#addressDiffers}}
        <div class="notice warn">{{> iconAlert}}<div><p><strong>This request came from another address than your browser.</strong></p><p>It came from <bdi class="mono">{{#address}}{{address}}{{/address}}</bdi>{{#browserAddress}}; your browser is at <bdi class="mono">{{browserAddress}}</bdi>{{/browserAddress}}. Approve it only if you started it there yourself.</p></div></div>
        {{/addressDiffers}}
        <dl class="facts">
          <div><dt>Account</dt><dd><bdi>{{#accountName}}{{accountName}}{{/accountName}}</bdi>{{#accountEmail}} <bdi class="muted">{{accountEmail}}</bdi>{{/accountEmail}}</dd></div>
          {{#organization}}
          <div><dt>Organization</dt><dd><bdi>{{organization}}</bdi></dd></div>
          {{/organization}}
          {{#code}}
          <div><dt>Code</dt><dd><bdi class="mono">{{code}}</bdi></dd></div>
          {{/code}}
          {{#hasRequester}}
          {{#hostName}}
          <div><dt>Computer</dt><dd><bdi>{{hostName}}</bdi></dd></div>
          {{/hostName}}
          {{#system}}
          <div><dt>System</dt><dd><bdi>{{system}}</bdi></dd></div>
          {{/system}}
          {{#address}}
          <div><dt>Address</dt><dd><bdi class="mono">{{address}}</bdi></dd></div>
          {{/address}}
          {{#started}}
          <div><dt>Requested</dt><dd><bdi>{{started}}</bdi></dd></div>
          {{/started}}
          {{/hasRequester}}
        </dl>
        {{#hasScopes}}
        <h2>It will be able to</h2>
        <ul class="scopes">
          {{#scopes}}
          <li>{{> iconCheck}}<span>{{#scopeWords}}<bdi>{{scopeWords}}</bdi> {{/scopeWords}}<bdi class="scope">{{#scopeName}}{{scopeName}}{{/scopeName}}</bdi></span></li>
          {{/scopes}}
        </ul>
        {{/hasScopes}}
        <form method="post" action="{{action}}" class="choices">
          <input type="hidden" name="csrf" value="{{csrf}}">
          {{#hiddenFields}}
          <input type="hidden" name="{{fieldName}}" value="{{fieldValue}}">
          {{/hiddenFields}}
          <button type="submit" name="decision" value="deny" class="button">Deny</button>
          <button type="submit" name="decision" value="approve" class="button primary">Approve</button>
        </form>
        <p class="fine">{{#redirectHost}}You will be sent back to <bdi class="mono">{{redirectHost}}</bdi>. {{/redirectHost}}{{#expiry}}<bdi>{{expiry}}</bdi>. {{/expiry}}{{#hasRequester}}Approve only what you started yourself just now.{{/hasRequester}}</p>
        {{/main}}
        {{/layout}}
        """#
}
