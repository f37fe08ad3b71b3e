extension ReceiptDocument {
    public static func testPage(printer: String, device: String, widthInDots: Int) -> [Block] {
        [.text(printer, .title, .center), .text(device, .small, .center), .text("\(widthInDots)", .small, .center)]
    }
}
