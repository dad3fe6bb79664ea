import KeyfobServer
import KeyfobWeb
import Testing

struct WebErrorTests {
    @Test(arguments: [
        (ServerError.Code.notFound, 404), (.forbidden, 403), (.alreadyExists, 409), (.limitReached, 409),
        (.invalidInput, 400), (.throttled(seconds: 3), 429), (.overloaded(seconds: 2), 503), (.brokenState, 500),
    ])
    func `each kind of refusal has its status`(code: ServerError.Code, status: Int) {
        let answered = WebError(ServerError(code, "it is so")).status
        #expect("\(answered)".hasPrefix("\(status) "))
    }
}
