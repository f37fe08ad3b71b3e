import JSON
import Testing

@testable import GatewayAPI

@Suite struct AddressListTests {
    private static let text = """
        {"addresses":[{"tambon_id":"103303","amphoe_id":"1033","changwat_id":"10","post_codes":["10110","10260"],\
        "tambon":{"th":"พระโขนง","en":"Phra Khanong"},"amphoe":{"th":"คลองเตย","en":"Khlong Toei"},\
        "changwat":{"th":"กรุงเทพมหานคร","en":"Bangkok"},\
        "text":{"th":"แขวงพระโขนง เขตคลองเตย กรุงเทพมหานคร","en":"Phra Khanong, Khlong Toei, Bangkok"}}],"more":true}
        """

    private static func parsed(_ text: String) throws -> JSONValue { try JSONParser.parse(Array(text.utf8)) }

    @Test("a list of tambons is written and read without loss")
    func whole() throws {
        var tambon = TambonResource()
        tambon.tambonID = "103303"
        tambon.amphoeID = "1033"
        tambon.changwatID = "10"
        tambon.postCodes = ["10110", "10260"]
        tambon.tambon = PlaceNameResource(thai: "พระโขนง", english: "Phra Khanong")
        tambon.amphoe = PlaceNameResource(thai: "คลองเตย", english: "Khlong Toei")
        tambon.changwat = PlaceNameResource(thai: "กรุงเทพมหานคร", english: "Bangkok")
        tambon.text = PlaceNameResource(
            thai: "แขวงพระโขนง เขตคลองเตย กรุงเทพมหานคร", english: "Phra Khanong, Khlong Toei, Bangkok")
        let list = AddressList([tambon], more: true)
        #expect(list.json.text == Self.text)
        #expect(try AddressList(json: Self.parsed(Self.text)) == list)
        #expect(AddressList().json.text == #"{"addresses":[],"more":false}"#)
    }

    @Test(
        "a list of strings is one, and the fault says which of them is none",
        arguments: [
            (#"["10110","10260"]"#, #""10110""#, "addresses[0].post_codes is no array"),
            (#"["10110","10260"]"#, #"["10110",10260]"#, "addresses[0].post_codes[1] is no string"),
            (#"["10110","10260"]"#, "null", "addresses[0].post_codes is no array"),
            ("\"more\":true", "\"more\":1", "more is no boolean"),
        ])
    func wrongTypes(whole: String, replacement: String, detail: String) throws {
        let text = Self.text.replacing(whole, with: replacement)
        #expect(throws: WireFault(detail: detail)) { try AddressList(json: Self.parsed(text)) }
    }
}
