import JSON
import Sales
import Testing

@testable import GatewayAPI

@Suite struct ProblemTests {
    @Test("a problem has the members of RFC 9457, and no errors where there are none")
    func plain() throws {
        let problem = Problem(.conflict, status: 409, title: "Conflict", detail: "another sale has this id")
        let text =
            #"{"type":"urn:kamkap:problem:conflict","title":"Conflict","status":409,"detail":"another sale has this id"}"#
        #expect(problem.json.text == text)
        #expect(try Problem(json: problem.json) == problem)
        #expect(Problem.mediaType == "application/problem+json")
    }

    @Test("an invalid sale lists every fault with its pointer")
    func faults() throws {
        let faults = [
            SaleFault(pointer: "/document/line_items/0/quantity", detail: "above 0"),
            SaleFault(pointer: "", detail: "and 3 more faults"),
        ]
        let problem = Problem(.invalidSale, status: 422, title: "Invalid", detail: "2 faults", errors: faults)
        let text = """
            {"type":"urn:kamkap:problem:invalid-sale","title":"Invalid","status":422,"detail":"2 faults",\
            "errors":[{"pointer":"/document/line_items/0/quantity","detail":"above 0"},\
            {"pointer":"","detail":"and 3 more faults"}]}
            """
        #expect(problem.json.text == text)
        #expect(try Problem(json: problem.json) == problem)
    }

    @Test("every kind is read back as itself", arguments: Problem.Kind.allCases)
    func kinds(kind: Problem.Kind) throws {
        let problem = Problem(kind, status: 400, title: "t", detail: "d")
        #expect(try Problem(json: problem.json).kind == kind)
    }

    @Test("a kind of a newer gateway is read as a failure with its text kept")
    func unknownKind() throws {
        let text = #"{"type":"urn:kamkap:problem:new-thing","title":"t","status":418,"detail":"d","more":1}"#
        #expect(try Problem(json: parsed(text)) == Problem(.failed, status: 418, title: "t", detail: "d"))
    }

    @Test(
        "what is no problem document is refused",
        arguments: [
            (#"{"title":"t","status":400,"detail":"d"}"#, "type is missing"),
            (#"{"type":"x","title":"t","status":"400","detail":"d"}"#, "status is no integer"),
            (#"{"type":"x","title":null,"status":400,"detail":"d"}"#, "title is no string"),
            (#"{"type":"x","title":"t","status":400}"#, "detail is missing"),
            (#"{"type":"x","title":"t","status":400,"detail":"d","errors":{}}"#, "errors is no array"),
            (
                #"{"type":"x","title":"t","status":400,"detail":"d","errors":[{"detail":"d"}]}"#,
                "errors[0].pointer is missing"
            ),
        ])
    func malformed(text: String, detail: String) throws {
        #expect(throws: WireFault(detail: detail)) { try Problem(json: parsed(text)) }
    }

    private func parsed(_ text: String) throws -> JSONValue { try JSONParser.parse(Array(text.utf8)) }
}
