import Testing

@testable import Sales

@Suite struct ContactRulesTests {
    @Test(
        "what is an e-mail address",
        arguments: [
            "a@b.co", "first.last+tag@sub.example.co.th", "o'neil@example.com", "x_y-z@1.example", "A@EXAMPLE.COM",
        ])
    func addresses(text: String) {
        #expect(EmailRule.isWellFormed(text))
    }

    @Test(
        "and what is none",
        arguments: [
            "", "@", "a@", "@b.co", "a@b", "a b@c.de", "a@b..co", ".a@b.co", "a.@b.co", "a..b@c.de", "a@-b.co",
            "a@b-.co",
            "a@b.1", "a@[127.0.0.1]", "\"a\"@b.co", "ก@example.com", "a@ตัวอย่าง.ไทย", "a@b.co\n", "a@@b.co",
            "a@b.co,c@d.ef",
            String(repeating: "a", count: 65) + "@b.co", "a@" + String(repeating: "b", count: 64) + ".co",
            "a@" + String(repeating: "b.", count: 130) + "co",
        ])
    func noAddresses(text: String) {
        #expect(!EmailRule.isWellFormed(text))
    }

    @Test(
        "what is a phone number",
        arguments: ["021234567", "0812345678", "+66812345678", "02-123-4567", "+66 (0) 2 123 4567", "123456789012345"])
    func numbers(text: String) {
        #expect(PhoneRule.isWellFormed(text))
    }

    @Test(
        "and what is none",
        arguments: [
            "", "191", "12345678", "1234567890123456", "0812345678 ext 1", "66+812345678", "++66812345678",
            "๐๘๑๒๓๔๕๖๗๘",
            "081\t2345678", "0812345678;081", "0812345678" + String(repeating: " ", count: 23),
        ])
    func noNumbers(text: String) {
        #expect(!PhoneRule.isWellFormed(text))
    }
}
