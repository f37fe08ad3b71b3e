import Foundation
import Sales
import Testing

@testable import Journey

@Suite struct SlipCheckTests {
    private static let day = BangkokDay("2026-11-20")

    private func payment(_ satang: Int64 = 12_000) throws -> SlipPayment {
        SlipPayment(Money(satang: satang), on: try #require(Self.day))
    }

    private func reading(
        amount: String? = "120.00", date: String? = "2026-11-20", from: String? = "xxx-x-x9876-x",
        to: String? = "xxx-x-x1234-x"
    ) -> SlipReading {
        SlipReading(amount: amount, date: date, bank: "KBANK", fromAccount: from, toAccount: to)
    }

    private func verdict(
        on reading: SlipReading, seenFor other: String? = nil, _ terms: SlipTerms = SlipTerms()
    ) throws -> SlipVerdict {
        SlipCheck(terms).verdict(on: reading, of: try payment(), seenFor: other)
    }

    @Test("a slip that agrees is matched, and says that no account was compared where the shop names none")
    func matched() throws {
        #expect(try verdict(on: reading()) == SlipVerdict(.matched, accountChecked: false))
        let terms = SlipTerms(accounts: ["0001112345"])
        #expect(
            try verdict(on: reading(to: "xxx-x-x1234-x"), terms)
                == SlipVerdict(.matched, accountChecked: true))
    }

    @Test(
        "the amount is compared to its last digit",
        arguments: [
            ("120", true), ("120.0", true), ("120.000", true), ("0120.00", true), ("๑๒๐.๐๐", true), ("120.001", false),
            ("120.005", false), ("119.99", false), ("102.00", false), ("1200", false), ("-120.00", false), ("0", false),
        ])
    func amounts(text: String, agrees: Bool) throws {
        let found = try verdict(on: reading(amount: text))
        #expect(found.state == (agrees ? .matched : .differs))
        #expect(found.differences.map(\.check) == (agrees ? [] : [.amount]))
        if !agrees { #expect(found.differences.first?.expected == "120.00") }
    }

    @Test(
        "a sum is read with thousands apart, with its currency at either end, and as JSON may write it",
        arguments: [
            "1,234.50", "฿1,234.50", "฿ 1234.5", "1,234.50 บาท", "๑,๒๓๔.๕๐ บาท", "THB 1,234.50", "1234.50 thb",
            "1234.50 Baht", "฿1,234.50 บาท", "1.2345e3", "1.2345E+3", "123450e-2", "1234.5e0", "1234500e-3",
        ])
    func writings(text: String) throws {
        let found = SlipCheck(SlipTerms()).verdict(on: reading(amount: text), of: try payment(123_450), seenFor: nil)
        #expect(found.state == .matched)
    }

    @Test("an exponent moves the point, and no digit is lost", arguments: [("5e-3", "0.005"), ("-1e2", "-100.00")])
    func exponents(text: String, plain: String) throws {
        #expect(
            try verdict(on: reading(amount: text)).differences
                == [SlipDifference(.amount, expected: "120.00", found: plain)])
    }

    @Test(
        "without an amount it is unreadable",
        arguments: [nil, "", "abc", "12.3.4", "NaN", "บาท", "฿", "120 USD", "1e", "e2", "1e999", "1.2e2.5", "0x78"])
    func unreadable(text: String?) throws {
        #expect(try verdict(on: reading(amount: text), seenFor: "S-1") == SlipVerdict(.unreadable))
    }

    @Test(
        "the day may be off by the tolerance, in either era and with a time behind it",
        arguments: [
            ("2026-11-20", true), ("2026-11-19", true), ("2026-11-21", true), ("2026-11-18", false),
            ("2026-11-22", false), ("2569-11-20", true), ("2569-11-22", false), ("20/11/2569", true),
            ("20/11/2026", true), ("1/12/2026", false), ("2026-11-20 10:15", true), ("20/11/2569 10:15:01", true),
            ("2026-1-2", false), ("๒๐/๑๑/๒๕๖๙", true), (" 2026-11-20 ", true),
        ])
    func days(text: String, agrees: Bool) throws {
        #expect(try verdict(on: reading(date: text)).differences.map(\.check) == (agrees ? [] : [.date]))
    }

    @Test(
        "a day is read as people write it",
        arguments: [
            "20-11-2569", "20.11.2026", "2026/11/20", "2569.11.20", "20/11/69", "20-11-26", "20 พ.ย. 69", "20พ.ย.69",
            "20 พฤศจิกายน 2569", "20 พฤศจิกายน พ.ศ. 2569", "๒๐ พ.ย. ๒๕๖๙ ๑๔:๐๕ น.", "วันที่ 20 พ.ย. 2569", "20 Nov 2026",
            "20-Nov-26", "Fri, 20 NOVEMBER 2026, 14:05", "20/11/69 - 14:05",
        ])
    func writtenDays(text: String) throws {
        let found = try verdict(on: reading(date: text), SlipTerms(dateToleranceDays: 0))
        #expect(found.differences == [], "\(text)")
    }

    @Test(
        "a time that says how far it is from UTC is of Bangkok's day, and one that does not is Bangkok's",
        arguments: [
            ("2026-11-19T20:00:00Z", true), ("2026-11-20T16:59:59Z", true), ("2026-11-20T17:00:00Z", false),
            ("2026-11-20T20:00:00", true), ("2026-11-20T23:59:59+07:00", true), ("2026-11-20T00:00:00.250+0700", true),
            ("2026-11-19T12:00-05:00", true), ("2026-11-19T11:59-05:00", false), ("2026-11-21T05:00+14:00", true),
            ("2026-11-20 20:00 UTC", false), ("2026-11-20 20:00 GMT+7", true), ("20/11/2569 20:00 น.", true),
        ])
    func zones(text: String, agrees: Bool) throws {
        let found = try verdict(on: reading(date: text), SlipTerms(dateToleranceDays: 0))
        #expect(found.differences.map(\.check) == (agrees ? [] : [.date]), "\(text)")
    }

    @Test(
        "a day that cannot be read agrees with no sale, and speaks against none",
        arguments: [
            nil, "", "20 x 2026", "2026-02-30", "31/02/2569", "2026-11-201", "0000-00-00", "20/11-2026", "20/11/256",
            "2026-11-20x", "November 20, 2026", "today",
        ])
    func noDay(text: String?) throws {
        let found = try verdict(on: reading(date: text)).differences
        #expect(found == [SlipDifference(.date, expected: "2026-11-20", found: text ?? "")])
        #expect(found.map(\.contradicts) == [false])
    }

    @Test("every other difference speaks against the slip")
    func contradicts() throws {
        let found = try verdict(
            on: reading(amount: "1", date: "18/11/2569", to: "1112223334"), seenFor: "S-1", SlipTerms(accounts: ["1"]))
        #expect(found.differences.map(\.contradicts) == [true, true, true, true])
    }

    @Test("the tolerance is the shop's")
    func tolerance() throws {
        for days in 0...3 {
            let found = try verdict(on: reading(date: "2026-11-18"), SlipTerms(dateToleranceDays: days))
            #expect(found.state == (days < 2 ? .differs : .matched))
        }
    }

    @Test("each difference is told, and one that was seen before with its sale")
    func all() throws {
        let found = try verdict(
            on: reading(amount: "102.00", date: "2026-01-01", to: "xxx-x-x9999-x"), seenFor: "POS-7",
            SlipTerms(accounts: ["1112123456", "2223334444"]))
        #expect(found.state == .differs && found.accountChecked)
        #expect(
            found.differences == [
                SlipDifference(.amount, expected: "120.00", found: "102.00"),
                SlipDifference(.date, expected: "2026-11-20", found: "2026-01-01"),
                SlipDifference(.account, expected: "xxxxxx3456, xxxxxx4444", found: "xxx-x-x9999-x"),
                SlipDifference(.seenBefore, expected: "", found: "POS-7"),
            ])
    }

    @Test(
        "the digits that a slip shows lie where they lie in the account, or in it in a row",
        arguments: [
            ("xxx-x-x1234-x", true), ("XXX-X-X1234-X", true), ("***-*-*1234-*", true), ("xxx-x-x1235-x", false),
            ("xxx-x-1234x-x", false), ("123-4-51234-6", true), ("123-4-51234-7", false), ("x1234", true),
            ("xxxxxxxxxxxx1234x", true), ("xxxxxxxxxxxx4321x", false), ("xx345xx346", true), ("xx34xx12346", false),
            ("12xx1234x", false), ("xxx-x-xxx9x-x", false),
            // A name beside it hides no digit.
            ("Max xxx-x-x1234-x", true), ("x Mart 123-4-51234-6", true), ("KBANK xxx-x-x1235-x", false),
            ("", false), ("KBANK", false), ("๑๒๓-๔-๕๑๒๓๔-๖", true),
        ])
    func accounts(text: String, agrees: Bool) throws {
        let found = try verdict(on: reading(to: text), SlipTerms(accounts: ["123-4-51234-6"]))
        #expect(found.differences.map(\.check) == (agrees ? [] : [.account]) && found.accountChecked, "\(text)")
    }

    @Test(
        "an account that shows less than three digits is not compared, unless one of them is another",
        arguments: ["xxx-x-xxxxx-x", "xxx-x-xxx34-x", "x-1", "…1-x4", "x12", "xxx-x-xxxxx-6", "********"])
    func hidden(text: String) throws {
        #expect(
            try verdict(on: reading(to: text), SlipTerms(accounts: ["9998887776", "123-4-51234-6"]))
                == SlipVerdict(.matched, accountChecked: false), "\(text)")
    }

    @Test("an account that was not read is no account of the shop's, and only the last digits of those are told")
    func noAccount() throws {
        let found = try verdict(on: reading(to: nil), SlipTerms(accounts: ["1234567890", "123-4-51234-6", "123"]))
        #expect(found.accountChecked)
        #expect(
            found.differences == [SlipDifference(.account, expected: "xxxxxx7890, xxx-x-xx234-6, 123", found: "")])
    }

    @Test("a transfer is the same however it is written, and none if a part of it was not read")
    func transfers() throws {
        let one = reading().transfer
        #expect(one != nil && one == reading(amount: "120.0", from: "XXX X X9876 X").transfer)
        #expect(one != reading(date: "2026-11-20 10:15").transfer)
        #expect(one != reading(to: "xxx-x-x1235-x").transfer)
        for partly in [reading(amount: nil), reading(date: nil), reading(from: nil), reading(to: "")] {
            #expect(partly.transfer == nil)
        }
    }

    @Test("what was paid by transfer counts, else the whole sum with what was rounded off")
    func amountOfSale() throws {
        func payment(_ method: String, _ amount: String) throws -> Payment {
            Payment(method: method, amount: try #require(DecimalNumber(amount)))
        }
        let terms = SlipTerms(methods: ["transfer", "PromptPay"])
        let total = Money(satang: 12_000)
        let cash = try payment("cash", "50")
        #expect(
            try terms.amount(
                of: [cash, payment("TRANSFER", "30.5"), payment("promptpay", "39.50")], rounding: nil, total: total)
                == Money(satang: 7_000))
        #expect(terms.amount(of: [cash], rounding: nil, total: total) == total)
        #expect(terms.amount(of: [], rounding: DecimalNumber("-0.25"), total: total) == Money(satang: 11_975))
    }
}
