import Foundation

/// One part of a form.
struct FormPart: Equatable {
    let name: String
    /// nil for a part that is no file.
    let fileName: String?
    let type: String?
    let bytes: [UInt8]
}

/// Reads `multipart/form-data` (RFC 7578, RFC 2046 section 5.1), strictly: lines end with CRLF, and the last boundary is there.
enum FormParts {
    private static let lineEnd = Array("\r\n".utf8)
    private static let mostParts = 1_000

    /// - Parameter type: the `Content-Type` header
    static func read(_ body: [UInt8], type: String?) throws(Refusal) -> [FormPart] {
        guard let type, type.lowercased().hasPrefix("multipart/form-data") else {
            throw .status(415, "this path takes multipart/form-data")
        }
        guard let boundary = parameter("boundary", of: type), (1...70).contains(boundary.utf8.count) else {
            throw .badRequest("Content-Type: expected a boundary of 1 to 70 characters")
        }
        let first = Array("--\(boundary)".utf8)
        guard body.starts(with: first) else { throw .badRequest("the body does not begin with its boundary") }
        let delimiter = lineEnd + first
        let data = Data(body)
        var parts: [FormPart] = []
        var index = first.count
        while true {
            let rest = body[index...]
            if rest.starts(with: Array("--".utf8)) { return parts }
            guard rest.starts(with: lineEnd), parts.count < mostParts else {
                throw .badRequest("a boundary is followed by something else than a line end or --")
            }
            let start = index + lineEnd.count
            guard let end = place(of: delimiter, in: data, from: start) else {
                throw .badRequest("the last boundary is missing")
            }
            parts.append(try part(body[start..<end]))
            index = end + delimiter.count
        }
    }

    private static func part(_ bytes: ArraySlice<UInt8>) throws(Refusal) -> FormPart {
        let whole = Array(bytes)
        let blank = lineEnd + lineEnd
        guard let end = place(of: blank, in: Data(whole), from: 0) else {
            throw .badRequest("a part has no end of its head")
        }
        var fields: [String: String] = [:]
        for line in String(decoding: whole[..<end], as: UTF8.self).split(separator: "\r\n") {
            let sides = line.split(separator: ":", maxSplits: 1)
            guard sides.count == 2 else { throw .badRequest("a part has a line in its head that is no field") }
            fields[sides[0].lowercased()] = String(sides[1].drop { $0 == " " })
        }
        guard let disposition = fields["content-disposition"], disposition.lowercased().hasPrefix("form-data"),
            let name = parameter("name", of: disposition)
        else { throw .badRequest("a part has no Content-Disposition: form-data with a name") }
        return FormPart(
            name: name, fileName: parameter("filename", of: disposition), type: fields["content-type"],
            bytes: Array(whole[(end + blank.count)...]))
    }

    /// A parameter of a header's value, with or without quotes.
    private static func parameter(_ name: String, of value: String) -> String? {
        for piece in value.split(separator: ";").dropFirst() {
            let sides = piece.split(separator: "=", maxSplits: 1)
            guard sides.count == 2, sides[0].filter({ $0 != " " }).lowercased() == name else { continue }
            let text = sides[1].drop { $0 == " " }
            if text.hasPrefix("\"") {
                return text.dropFirst().hasSuffix("\"") ? String(text.dropFirst().dropLast()) : nil
            }
            return String(text)
        }
        return nil
    }

    /// Where `wanted` begins for the first time. Foundation looks fast in long files, also in a build for debugging.
    private static func place(of wanted: [UInt8], in bytes: Data, from start: Int) -> Int? {
        bytes.range(of: Data(wanted), in: start..<bytes.count)?.lowerBound
    }
}
