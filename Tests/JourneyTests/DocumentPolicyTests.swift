import Foundation
import Testing

@testable import Journey

@Suite struct DocumentPolicyTests {
    private static let now = Date(timeIntervalSince1970: 1_795_144_500)

    @Test(
        "two files are in work at once, and one part of the stream",
        arguments: [(0, 2, 1), (1, 1, 0), (2, 0, 0), (3, 0, 0)])
    func places(inWork: Int, files: Int, parts: Int) {
        #expect(DocumentPolicy.ofFiles.allowance(inWork: inWork, at: Self.now) == files)
        #expect(DocumentPolicy.ofStream.allowance(inWork: inWork, at: Self.now) == parts)
    }

    @Test("while calls fail one goes at a time, the pause doubles up to a minute, and a success ends it")
    func pause() {
        var policy = DocumentPolicy.ofFiles
        var now = Self.now
        var pauses: [Double] = []
        for _ in 1...8 {
            policy.failed(at: now, jitter: 1)
            pauses.append(policy.nextAt.timeIntervalSince(now))
            #expect(policy.allowance(inWork: 0, at: policy.nextAt - 0.1) == 0)
            now = policy.nextAt
            #expect(policy.allowance(inWork: 0, at: now) == 1)
        }
        #expect(pauses == [1, 2, 4, 8, 16, 32, 60, 60])
        policy.succeeded()
        #expect(policy.allowance(inWork: 0, at: now) == 2)
        policy.failed(at: now, jitter: 1)
        #expect(policy.nextAt == now + 1)
    }

    @Test("calls that were under way together fail once, and the longest pause that was asked for counts")
    func together() {
        var policy = DocumentPolicy.ofFiles
        policy.failed(at: Self.now, jitter: 1, retryAfter: .seconds(30))
        policy.failed(at: Self.now + 0.5, jitter: 1)
        #expect(policy.nextAt == Self.now + 30)
        policy.failed(at: Self.now + 30, jitter: 1)
        #expect(policy.nextAt == Self.now + 32)
    }
}
