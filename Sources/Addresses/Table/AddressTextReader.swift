/// Reads the rows of the text: `200905 แสมสาร,Samaesan,20180`.
struct AddressTextReader {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var position = 0

    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
    }

    /// Nil at the end. A line that is no row is passed over; the tests count the rows.
    mutating func next() -> PlaceRow? {
        while position < bytes.count {
            let line = position..<end(of: "\n", from: position, within: bytes.count)
            position = line.upperBound + 1
            if let row = row(line) { return row }
        }
        return nil
    }

    private func row(_ line: Range<Int>) -> PlaceRow? {
        let code = line.lowerBound..<end(of: " ", from: line.lowerBound, within: line.upperBound)
        guard let id = number(code), code.upperBound < line.upperBound else { return nil }
        let thai = code.upperBound + 1..<end(of: ",", from: code.upperBound + 1, within: line.upperBound)
        guard !thai.isEmpty, thai.upperBound < line.upperBound else { return nil }
        let english = thai.upperBound + 1..<end(of: ",", from: thai.upperBound + 1, within: line.upperBound)
        guard !english.isEmpty else { return nil }
        let postCodes = min(english.upperBound + 1, line.upperBound)..<line.upperBound
        return PlaceRow(id: id, thai: thai, english: english, postCodes: postCodes)
    }

    private func number(_ digits: Range<Int>) -> UInt32? {
        guard (1...6).contains(digits.count) else { return nil }
        var number: UInt32 = 0
        for place in digits {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[place]) else { return nil }
            number = number * 10 + UInt32(bytes[place] - UInt8(ascii: "0"))
        }
        return number
    }

    private func end(of character: Unicode.Scalar, from start: Int, within limit: Int) -> Int {
        let byte = UInt8(ascii: character)
        var place = start
        while place < limit, bytes[place] != byte { place += 1 }
        return place
    }
}
