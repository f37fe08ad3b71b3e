import Foundation
import HTTPCalls
import NIOHTTP1

/// Keeps objects in one bucket of a server that speaks S3, and makes links to them. Every call has one deadline as a whole. It is
/// sent once, and once more where the store finds the time of its signature wrong.
public struct ObjectStoreClient: Sendable {
    private let bucket: Bucket
    private let signer: RequestSigner
    private let clock: SignatureClock
    private let table: String
    private let uploads: HTTPCaller
    /// An upload fills its connection for minutes: nothing else waits behind it.
    private let others: HTTPCaller
    private let remains = ProbeRemains()

    public init(bucket: Bucket, key: AccessKey, clock: StoreClock, options: ObjectStoreCallOptions) {
        self.bucket = bucket
        signer = RequestSigner(key: key, region: bucket.region)
        self.clock = SignatureClock(clock)
        table = options.table
        uploads = HTTPCaller(options.calls(timeout: options.uploadTimeout))
        others = HTTPCaller(options.calls(timeout: options.timeout))
    }

    /// Whether the store is at a loopback address: a simulator.
    public var isOnThisMachine: Bool { bucket.isOnThisMachine }

    /// Closes the connections; do not use the client after that.
    public func shutdown() async throws {
        let first: Result<Void, any Error>
        do { first = .success(try await uploads.shutdown()) } catch { first = .failure(error) }
        try await others.shutdown()
        try first.get()
    }

    /// Keeps the bytes under the key, in place of those that were there.
    ///
    /// - Parameter contentType: what those who fetch it are told: `application/pdf`.
    public func put(_ bytes: [UInt8], key: ObjectKey, contentType: String) async throws(ObjectStoreError) {
        guard !contentType.isEmpty, contentType.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) else {
            throw ObjectStoreError("Gateway::Unusable", "content type: expected ASCII characters", .misconfigured)
        }
        _ = try await send(.put, key, headers: ["content-type": contentType], body: Body(bytes))
    }

    /// A link by which whoever has it can read the object. Making it asks nobody: whether the object is there, and whether the
    /// clock is right, shows when it is used. A call of this client before it corrects the clock.
    ///
    /// - Parameter life: at most ``PresignedURL/longestLife``, and at least a second.
    public func presignedGet(_ key: ObjectKey, life: Duration) -> PresignedURL {
        let seconds = min(max(life, .seconds(1)), PresignedURL.longestLife).components.seconds
        let time = SigningTime(clock.now.date)
        let path = bucket.path(of: key)
        let request = CanonicalRequest(
            method: "GET", path: path, headers: ["host": bucket.authority], payload: CanonicalRequest.unsignedPayload)
        let query = signer.presignedQuery(of: request, at: time, for: Int(seconds))
        return PresignedURL(
            text: bucket.url("\(path)?\(query)"), expiresAt: time.date.addingTimeInterval(Double(seconds)),
            life: .seconds(seconds))
    }

    /// Removes the object; one that is not there is removed.
    public func delete(_ key: ObjectKey) async throws(ObjectStoreError) {
        _ = try await send(.delete, key)
        // The store removes objects again: what a probe left goes as well.
        guard let left = remains.take() else { return }
        do throws(ObjectStoreError) { _ = try await send(.delete, left) } catch { remains.leave(left) }
    }

    /// Keeps a small object, reads it by a link and removes it: whether endpoint, bucket, key and its rights are good for what
    /// this client does.
    public func probe() async throws(ObjectStoreError) {
        let key = remains.take() ?? ObjectKey.random(fileExtension: "txt")
        let read: Result<[UInt8], ObjectStoreError>
        do throws(ObjectStoreError) { read = try await probe(key) } catch {
            remains.leave(key)
            throw error
        }
        guard try read.get() == Self.sample else {
            throw ObjectStoreError(
                "Gateway::Unintelligible", "The object store gave back other bytes than it was given", .retry)
        }
    }

    private static let sample = Array("Kamkap looks whether it can keep papers here. This can be removed.\n".utf8)

    /// Throws if the object may be there still.
    private func probe(_ key: ObjectKey) async throws(ObjectStoreError) -> Result<[UInt8], ObjectStoreError> {
        try await put(Self.sample, key: key, contentType: "text/plain")
        let read = await read(key)
        try await delete(key)
        return read
    }

    private func read(_ key: ObjectKey) async -> Result<[UInt8], ObjectStoreError> {
        do throws(ObjectStoreError) {
            let link = presignedGet(key, life: .seconds(60))
            return .success(
                try await answer(to: .get, .GET, link.text, headers: ["Host": bucket.authority], over: others).body)
        } catch {
            return .failure(error)
        }
    }

    // MARK: Calls

    /// What is sent, with its SHA-256.
    private struct Body: Sendable {
        let bytes: [UInt8]
        let digest: String

        init(_ bytes: [UInt8]) {
            self.bytes = bytes
            digest = RequestSigner.digest(bytes)
        }
    }

    private func send(
        _ call: StoreCall, _ key: ObjectKey, headers: [String: String] = [:], body: Body? = nil
    ) async throws(ObjectStoreError) -> HTTPAnswer {
        let first = clock.now
        do throws(ObjectStoreError) {
            return try await send(call, key, headers: headers, body: body, at: first)
        } catch {
            guard error.meaning == .clock, clock.correct(by: error.serverDate, refused: first) else { throw error }
            return try await send(call, key, headers: headers, body: body, at: clock.now)
        }
    }

    private func send(
        _ call: StoreCall, _ key: ObjectKey, headers: [String: String], body: Body?, at reading: SignatureClock.Reading
    ) async throws(ObjectStoreError) -> HTTPAnswer {
        let time = SigningTime(reading.date)
        let method: HTTPMethod = call == .put ? .PUT : .DELETE
        let begin = ContinuousClock.now
        let path = bucket.path(of: key)
        let digest = body?.digest ?? RequestSigner.digest([UInt8]())
        let signed = headers.merging([
            "host": bucket.authority, "x-amz-content-sha256": digest, "x-amz-date": time.text,
        ]) { _, own in own }
        let request = CanonicalRequest(method: method.rawValue, path: path, headers: signed, payload: digest)
        var sent = HTTPHeaders(signed.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
        sent.add(name: "Authorization", value: signer.authorization(of: request, at: time))
        sent.add(name: "User-Agent", value: "Kamkap")
        let answer = try await answer(
            to: call, method, bucket.url(path), headers: sent, body: body?.bytes,
            over: call == .put ? uploads : others)
        // Its ETag shows that it is the store's own.
        if call == .put { clock.confirm(by: answer.date, reading, after: ContinuousClock.now - begin) }
        return answer
    }

    private func answer(
        to call: StoreCall, _ method: HTTPMethod, _ url: String, headers: HTTPHeaders, body: [UInt8]? = nil,
        over caller: HTTPCaller
    ) async throws(ObjectStoreError) -> HTTPAnswer {
        let answer: HTTPAnswer
        do {
            answer = try await caller.call(method, url, headers: headers, body: body)
        } catch {
            throw ObjectStoreError(error)
        }
        if let error = ObjectStoreError(answer, to: call, table: table) { throw error }
        return answer
    }
}
