import Testing

@testable import ScanlyIQ

@Suite struct ScanlyIQModelTests {
    private static let models = [
        ScanlyIQModel(id: "a", name: "Text", type: "TEXT", creditsPerUnit: 1),
        ScanlyIQModel(id: "b", name: "Pro", type: "VISION", creditsPerUnit: 8),
        ScanlyIQModel(id: "c", name: "Flash", type: "vision", creditsPerUnit: 2),
        ScanlyIQModel(id: "d", name: "Also Flash", type: "VISION", creditsPerUnit: 2),
        ScanlyIQModel(id: "Pro", name: "Named as an id", type: "VISION", creditsPerUnit: nil),
    ]

    @Test(
        "a model is named by its id, or else by its name; without a name it is the cheapest that sees",
        arguments: [
            (nil, "c"), ("a", "a"), ("Pro", "Pro"), ("Flash", "c"), ("flash", "c"), ("also flash", "d"), ("e", nil),
        ] as [(String?, String?)])
    func chosen(wanted: String?, id: String?) {
        #expect(ScanlyIQModel.chosen(wanted, of: Self.models)?.id == id)
    }

    @Test("nothing that does not see is chosen unasked, and a price that is not known is the last")
    func none() {
        #expect(ScanlyIQModel.chosen(nil, of: [Self.models[0]]) == nil)
        #expect(ScanlyIQModel.chosen(nil, of: [Self.models[4], Self.models[1]])?.id == "b")
        #expect(ScanlyIQModel.chosen(nil, of: [Self.models[4]])?.id == "Pro")
    }

    @Test("an entry without an id is none, and parts of a credit count as a whole one")
    func entries() throws {
        let page = #"{"id":"clx","name":"Gemini 2.5 Flash","type":"VISION","creditsPerUnit":2}"#
        #expect(
            try ScanlyIQModel(Fixture.object(page))
                == ScanlyIQModel(id: "clx", name: "Gemini 2.5 Flash", type: "VISION", creditsPerUnit: 2))
        #expect(try ScanlyIQModel(Fixture.object(#"{"id":"x","creditsPerUnit":0.5}"#))?.creditsPerUnit == 1)
        #expect(try ScanlyIQModel(Fixture.object(#"{"name":"x"}"#)) == nil)
    }
}
