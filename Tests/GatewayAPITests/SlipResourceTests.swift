import Foundation
import JSON
import Testing

@testable import GatewayAPI

@Suite struct SlipResourceTests {
    private static let id = "0123456789abcdef0123456789abcdef"

    private static let empty = """
        {"id":"\(id)","sale":null,"terminal_id":null,"received_at":"2026-11-20T03:15:05.250Z","state":"waiting",\
        "words":"สลิปรออ่าน","expected_amount":null,"read":null,"differences":[],"account_checked":false,\
        "may_be_charged":false,"credits":null,"last_error":null,"next_attempt_at":null,"image_kept":true}
        """

    private static let full = """
        {"id":"\(id)","sale":"A/1","terminal_id":"POS-01","received_at":"2026-11-20T03:15:05.250Z","state":"differs",\
        "words":"สลิปไม่ตรง – โปรดตรวจดูสลิป","expected_amount":"120.00",\
        "read":{"amount":"102","date":"2569-11-20","bank":"KBANK","from_account":"xxx-x-x1234-x","to_account":null},\
        "differences":[{"check":"amount","expected":"120.00","found":"102.00"}],"account_checked":true,\
        "may_be_charged":true,"credits":2,"last_error":{"code":"ScanlyIQ::402","message":"เครดิตหมด",\
        "at":"2026-11-20T03:15:07.000Z"},"next_attempt_at":"2026-11-20T03:16:07.000Z","image_kept":false}
        """

    private static func emptyResource() -> SlipResource {
        var slip = SlipResource()
        slip.id = id
        slip.receivedAt = Date(timeIntervalSince1970: 1_795_144_505.25)
        slip.state = "waiting"
        slip.words = SlipWords.text(of: "waiting")
        slip.imageKept = true
        return slip
    }

    private static func fullResource() -> SlipResource {
        var slip = emptyResource()
        slip.sale = "A/1"
        slip.terminalID = "POS-01"
        slip.state = "differs"
        slip.words = SlipWords.text(of: "differs")
        slip.expectedAmount = "120.00"
        var reading = SlipReadingResource()
        reading.amount = "102"
        reading.date = "2569-11-20"
        reading.bank = "KBANK"
        reading.fromAccount = "xxx-x-x1234-x"
        slip.read = reading
        slip.differences = [SlipDifferenceResource(check: "amount", expected: "120.00", found: "102.00")]
        slip.accountChecked = true
        slip.mayBeCharged = true
        slip.credits = 2
        slip.lastError = ErrorResource(
            code: "ScanlyIQ::402", message: "เครดิตหมด", at: Date(timeIntervalSince1970: 1_795_144_507))
        slip.nextAttemptAt = Date(timeIntervalSince1970: 1_795_144_567)
        slip.imageKept = false
        return slip
    }

    @Test("a slip has every member, null where it is empty, in the published order, and is read without loss")
    func members() throws {
        for (slip, text) in [(Self.emptyResource(), Self.empty), (Self.fullResource(), Self.full)] {
            #expect(slip.json.text == text)
            #expect(try SlipResource(json: JSONParser.parse(Array(text.utf8))) == slip)
        }
    }

    @Test("a page of slips is written and read without loss", arguments: [nil, "7"]) func page(next: String?) throws {
        let text = #"{"slips":[\#(Self.empty),\#(Self.full)],"next":\#(next.map { "\"\($0)\"" } ?? "null")}"#
        let page = try SlipPage(json: JSONParser.parse(Array(text.utf8)))
        #expect(page == SlipPage(slips: [Self.emptyResource(), Self.fullResource()], next: next))
        #expect(page.json.text == text)
    }

    @Test("an event names the checks and nothing that was read") func event() {
        let event = EventResource.slip(
            id: Self.id, saleID: "A/1", terminalID: nil, state: "differs", differs: ["amount", "seen-before"])
        #expect(event.name == "slip")
        #expect(
            event.json.text
                == #"{"id":"\#(Self.id)","transaction_id":"A/1","terminal_id":null,"state":"differs","differs":["amount","seen-before"]}"#
        )
    }

    /// The states of the description: one that has no words would be shown without any.
    @Test("every state has words of its own, and none of them says that it is paid") func words() throws {
        guard case .object(let description) = try JSONParser.parse(APIDescription.bytes),
            case .object(let components)? = description["components"],
            case .object(let schemas)? = components["schemas"],
            case .object(let schema)? = schemas["SlipState"], case .array(let states)? = schema["enum"]
        else {
            Issue.record("SlipState is not described")
            return
        }
        let texts = states.map { state in if case .string(let name) = state { SlipWords.text(of: name) } else { "" } }
        #expect(texts.count == 7 && Set(texts).count == 7 && !texts.contains(""))
        // Paid, received, complete.
        for text in texts { #expect(!["จ่ายแล้ว", "ชำระแล้ว", "ได้รับเงิน", "สำเร็จแล้ว"].contains { text.contains($0) }) }
        #expect(texts.contains("สลิปตรงกับยอด – ยังไม่ใช่การยืนยันว่าเงินเข้า"))
    }
}
