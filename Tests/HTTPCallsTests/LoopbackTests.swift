import HTTPCalls
import Testing

@Suite struct LoopbackTests {
    @Test(
        "this machine is a loopback address, and no name that begins like one",
        arguments: [
            ("127.0.0.1", true), ("127.255.0.9", true), ("localhost", true), ("LocalHost", true), ("::1", true),
            ("[::1]", true), ("127.evil.example", false), ("127.0.0.1.evil.example", false), ("127.0.0", false),
            ("127.0.0.256", false), ("127.0.0.+1", false), ("10.0.0.1", false), ("", false),
        ])
    func hosts(host: String, isThisMachine: Bool) {
        #expect(Loopback.isThisMachine(host) == isThisMachine)
    }
}
