/// How an answer may be packed (RFC 9110 §8.4.1).
public enum AnswerCoding: String, Sendable {
    case gzip, deflate
    /// A coding that nobody knows.
    case unheardOf = "unheard-of"
    /// A few bytes of gzip that become 64 MiB.
    case bomb

    init(_ member: Member) throws(Refusal) {
        guard let coding = Self(rawValue: try member.string("coding")) else {
            throw .schema(member.pathTo("coding"), "expected gzip, deflate, unheard-of or bomb")
        }
        self = coding
    }
}
