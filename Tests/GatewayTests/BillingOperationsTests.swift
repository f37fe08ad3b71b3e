import Foundation
import JSON
import Outbox
import RemoteServices
import Sales
import Simulators
import TestRuntime
import Testing

@testable import Gateway

@Suite(.timeLimit(.minutes(1))) struct BillingOperationsTests {
    private func refusal<Value>(_ work: () async throws(OperationError) -> Value) async throws -> OperationError {
        do { _ = try await work() } catch { return error }
        Issue.record("expected a refusal")
        throw FixtureError()
    }

    private func isNotYet(_ error: OperationError) -> Bool {
        if case .unavailable(_, _, true) = error { true } else { false }
    }
    private func isUnavailable(_ error: OperationError) -> Bool {
        if case .unavailable = error { true } else { false }
    }
    private func isWrongState(_ error: OperationError) -> Bool { if case .wrongState = error { true } else { false } }

    @Test("a call is in the journal before it is sent, and ends as it ended")
    func journal() async throws {
        try await BillingStage.open { stage in
            let made = try await stage.billing.write(BillingStage.customer())
            #expect(made.call == 1 && made.id != nil && !made.isExisting)
            await stage.billgate.inject(.init(.refusal(status: 422, body: "no"), times: 1))
            let refused = try await refusal { () async throws(OperationError) in
                try await stage.billing.write(
                    (try? BillingStage.customer(code: "C-2")) ?? BillingCall(.add(.customers)))
            }
            #expect(isWrongState(refused))
            #expect(try await stage.states() == ["refused", "done"])
            let calls = try await stage.billing.calls(before: nil, limit: 50)
            #expect(calls.map(\.key) == ["C-2", "C-1"] && calls[0].errorCode == "Billgate::422")
        }
    }

    @Test("what breaks a rule is neither sent nor written down")
    func faults() async throws {
        try await BillingStage.open { stage in
            let call = BillingCall(.add(.customers), body: ["type": .string("person")])
            let refused = try await refusal { () async throws(OperationError) in try await stage.billing.write(call) }
            guard case .invalidRequest(let faults) = refused else { throw FixtureError() }
            #expect(faults.count > 1)
            #expect(try await stage.states().isEmpty)
            #expect(await stage.billgate.calls().isEmpty)
        }
    }

    @Test(
        "a bill whose answer was lost is looked for twice, and only then made again",
        arguments: [
            (BillgateSimulator.Fault.Kind.loseAnswerAfterActing, 1), (.loseAnswerBeforeActing, 2),
        ])
    func lost(fault: BillgateSimulator.Fault.Kind, calls: Int) async throws {
        var leeway = BillgateSimulator.Leeway()
        leeway.listLag = .seconds(30)
        try await BillingStage.open(leeway: leeway) { stage in
            let bill = try BillingStage.bill()
            await stage.billgate.inject(.init(fault, operation: .createInvoice, times: 1))
            let lost = try await refusal { () async throws(OperationError) in try await stage.billing.write(bill) }
            #expect(isUnavailable(lost))
            // It is the same for the next run.
            let next = stage.nextRun
            let early = try await refusal { () async throws(OperationError) in try await next.write(bill) }
            #expect(isNotYet(early))
            #expect(await stage.billgate.calls().count == 1)
            await stage.advance(by: 21)
            let first = try await refusal { () async throws(OperationError) in try await next.write(bill) }
            #expect(isNotYet(first))
            let impatient = try await refusal { () async throws(OperationError) in try await next.write(bill) }
            #expect(isNotYet(impatient))
            await stage.advance(by: 61)
            let made = try await next.write(bill)
            #expect(made.isExisting == (calls == 1))
            #expect(await stage.billgate.documents(numbered: "INV-1").map(\.id) == [made.id])
            #expect(await stage.billgate.calls().count { $0.operation == .createInvoice } == calls)
            #expect(Set(try await stage.states()) == ["done"])
        }
    }

    @Test("a customer with a code is looked for, and one without is not made again until staff say so")
    func customers() async throws {
        try await BillingStage.open { stage in
            for code in ["C-1", nil] {
                await stage.billgate.inject(.init(.loseAnswerAfterActing, operation: .createCustomer, times: 1))
                let call = try BillingStage.customer(code: code)
                let lost = try await refusal { () async throws(OperationError) in try await stage.billing.write(call) }
                #expect(isUnavailable(lost))
                await stage.advance(by: 21)
            }
            #expect(try await stage.billing.write(BillingStage.customer()).isExisting)
            let nameless = try BillingStage.customer(code: nil)
            let refused = try await refusal { () async throws(OperationError) in try await stage.billing.write(nameless)
            }
            #expect(isWrongState(refused))
            #expect(await stage.billgate.totals.customersMade == 2)
            let anew = try await stage.billing.write(nameless, anew: true)
            #expect(!anew.isExisting)
            #expect(Set(try await stage.states()) == ["done"])
        }
    }

    @Test("a bill has one receipt, however often it is asked for")
    func receipts() async throws {
        try await BillingStage.open { stage in
            let bill = try #require(try await stage.billing.write(BillingStage.bill()).id)
            let receipt = try await stage.billing.write(BillingStage.receipt(of: bill))
            #expect(!receipt.isExisting)
            let again = try await stage.billing.write(BillingStage.receipt(of: bill))
            #expect(again.isExisting && again.id == receipt.id && again.call == nil)
            #expect(await stage.billgate.documents(.receipt).count == 1)
        }
    }

    @Test("a receipt or tax invoice that is there with another number is told of with that number")
    func otherNumber() async throws {
        try await BillingStage.open { stage in
            let bill = try #require(try await stage.billing.write(BillingStage.bill()).id)
            await stage.billgate.inject(.init(.loseAnswerAfterActing, operation: .createReceipt, times: 1))
            let first = try BillingStage.receipt(of: bill)
            let lost = try await refusal { () async throws(OperationError) in try await stage.billing.write(first) }
            #expect(isUnavailable(lost))
            await stage.advance(by: 21)
            let receipt = try #require(await stage.billgate.documents(.receipt).first)
            let other = try BillingStage.receipt(of: bill, number: "R-2")
            let refused = try await refusal { () async throws(OperationError) in try await stage.billing.write(other) }
            guard case .wrongState(let message) = refused else { throw FixtureError() }
            #expect(message.contains("R-1") && message.contains(receipt.id), "\(message)")
            #expect(try await stage.billing.write(first).id == receipt.id)
            let invoices = try ["T-1", "T-2"].map { try BillingStage.taxInvoice(of: receipt.id, number: $0) }
            let invoice = try await stage.billing.write(invoices[0])
            let second = try await refusal { () async throws(OperationError) in
                try await stage.billing.write(invoices[1])
            }
            #expect(isWrongState(second))
            #expect(await stage.billgate.documents(.taxInvoice).map(\.id) == [invoice.id])
            #expect(await stage.billgate.documents(.receipt).count == 1)
        }
    }

    @Test("removing something twice ends with not found, and the journal says that it is done")
    func removals() async throws {
        try await BillingStage.open { stage in
            let id = try #require(try await stage.billing.write(BillingStage.customer()).id)
            await stage.billgate.inject(.init(.loseAnswerAfterActing, operation: .deleteCustomerById, times: 1))
            let call = BillingCall(.remove(.customers), id: id)
            let lost = try await refusal { () async throws(OperationError) in try await stage.billing.write(call) }
            #expect(isUnavailable(lost))
            #expect(try await stage.states() == ["unknown", "done"])
            let gone = try await refusal { () async throws(OperationError) in try await stage.billing.write(call) }
            guard case .notFound = gone else { throw FixtureError() }
            #expect(Set(try await stage.states()) == ["done"])
        }
    }

    @Test("a call that a killed gateway left open is shown as unknown")
    func killed() async throws {
        try await BillingStage.open { stage in
            _ = try await stage.outbox.begin(
                NewBillingCall(service: .billgate, verb: "templates add", key: "T", request: []), at: stage.time.now)
            #expect(try await stage.states() == ["unknown"])
        }
    }

    // MARK: Payments

    @Test("a payment is confirmed once; the bill and its log agree, also after a lost answer")
    func paid() async throws {
        try await BillingStage.open { stage in
            let bill = try #require(try await stage.billing.write(BillingStage.bill()).id)
            await stage.billgate.inject(.init(.loseAnswerAfterActing, operation: .confirmPaidPaymentInvoice, times: 1))
            let payment = try BillingStage.payment(of: bill)
            let lost = try await refusal { () async throws(OperationError) in
                try await stage.billing.settlePayment(payment)
            }
            #expect(isUnavailable(lost))
            let done = try await stage.billing.settlePayment(payment)
            #expect(done.isExisting && done.bill?.status == "paid")
            #expect(done.log?.compactMap { $0["to_status"] }.last == .string("paid"))
            let twice = try await refusal { () async throws(OperationError) in
                try await stage.billing.settlePayment(payment)
            }
            #expect(isWrongState(twice))
            #expect(await stage.billgate.calls().count { $0.operation == .confirmPaidPaymentInvoice } == 1)
            #expect(try await stage.outbox.bill(bill)?.isOpen == false)
        }
    }

    @Test(
        "another amount than the bill asks for is not confirmed, unless it is meant",
        arguments: [(0, "1000.00", "999.99"), (3, "971.96", "1000")])
    func amounts(withheld: Int, asked: String, other: String) async throws {
        try await BillingStage.open { stage in
            let bill = try #require(
                try await stage.billing.write(BillingStage.bill(withholding: withheld)).id)
            for amount in [other, "1", "100000"] {
                let payment = try BillingStage.payment(of: bill, amount: amount)
                let refused = try await refusal { () async throws(OperationError) in
                    try await stage.billing.settlePayment(payment)
                }
                guard case .invalidRequest(let faults) = refused else { throw FixtureError() }
                #expect(faults.map(\.pointer) == ["/amount"])
                #expect(faults[0].detail.contains(asked) && faults[0].detail.contains(amount), "\(faults)")
            }
            #expect(try await stage.states() == ["done"])
            #expect(await stage.billgate.calls().allSatisfy { $0.operation != .confirmPaidPaymentInvoice })
            let meant = try await stage.billing.settlePayment(
                BillingStage.payment(of: bill, amount: other), differs: true)
            #expect(meant.bill?.status == "paid")
        }
    }

    @Test("the amount that a bill asks for may be written in any way")
    func sameAmount() async throws {
        for amount in ["971.96", "971.960"] {
            try await BillingStage.open { stage in
                let bill = try #require(try await stage.billing.write(BillingStage.bill(withholding: 3)).id)
                let paid = try await stage.billing.settlePayment(BillingStage.payment(of: bill, amount: amount))
                #expect(paid.bill?.status == "paid")
            }
        }
    }

    @Test("what a bill asks for is its paid amount, or its total without what is withheld, and may be untold")
    func asked() throws {
        let payment = try BillingStage.object(#"{"amount":100}"#)
        for (bill, isFault) in [
            (#"{"total":107,"paid_amount":100}"#, false), (#"{"total":100,"paid_amount":97}"#, true),
            (#"{"total":103,"withholding_tax":{"rate":3,"amount":3},"paid_amount":0}"#, false),
            (#"{"total":100,"paid_amount":0}"#, false), (#"{"total":100.01}"#, true),
            (#"{"paid_amount":100.00000000001}"#, false),
        ] {
            let amount = try #require(BillAmount(askedBy: try BillingStage.object(bill)))
            #expect((amount.fault(of: payment) != nil) == isFault, "\(bill)")
        }
        for bill in [#"{}"#, #"{"total":0,"paid_amount":0}"#, #"{"total":"100"}"#, #"{"total":1e30}"#] {
            #expect(BillAmount(askedBy: try BillingStage.object(bill)) == nil, "\(bill)")
        }
    }

    @Test("only what its customer says is paid is declined")
    func declined() async throws {
        try await BillingStage.open { stage in
            let bill = try #require(try await stage.billing.write(BillingStage.bill()).id)
            let decline = try BillingStage.decline(of: bill)
            let early = try await refusal { () async throws(OperationError) in
                try await stage.billing.settlePayment(decline)
            }
            #expect(isWrongState(early))
            try await stage.billgate.setStatus(.pendingApproval, ofInvoice: bill)
            let done = try await stage.billing.settlePayment(decline)
            #expect(done.bill?.status == "pending_payment")
            #expect(done.log?.last?["reason"] == .string("ยอดเงินไม่ถูกต้อง"))
            #expect(try await stage.outbox.bill(bill)?.status == "pending_payment")
        }
    }

    // MARK: Tokens

    @Test("a token goes into a new file that only its owner reads; its calls are in the journal, and it is not")
    func tokens() async throws {
        var leeway = BillgateSimulator.Leeway()
        leeway.tokensAreKeys = false
        try await BillingStage.open(leeway: leeway) { stage in
            try await stage.billing.checkAuthorization()
            let (current, new) = (stage.folder.path + "/current", stage.folder.path + "/new")
            try await stage.billing.writeToken(.current, to: current)
            try await stage.billing.writeToken(.new, to: new)
            let key = await stage.billgate.configuration.key
            #expect(try String(contentsOfFile: current, encoding: .utf8) == key)
            let token = try String(contentsOfFile: new, encoding: .utf8)
            #expect(!token.isEmpty && token != key)
            for path in [current, new] {
                let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
                #expect(mode == 0o600)
            }
            let again = try await refusal { () async throws(OperationError) in
                try await stage.billing.writeToken(.new, to: new)
            }
            #expect(isWrongState(again))
            #expect(try String(contentsOfFile: new, encoding: .utf8) == token)
            await stage.billgate.inject(.init(.unavailable(status: 503), times: 1))
            let failed = try await refusal { () async throws(OperationError) in
                try await stage.billing.writeToken(.new, to: stage.folder.path + "/none")
            }
            #expect(isUnavailable(failed))
            #expect(!FileManager.default.fileExists(atPath: stage.folder.path + "/none"))
            try await stage.billing.revokeToken()
            #expect(try await stage.states() == ["done", "unknown", "done"])
            let database = try Data(contentsOf: stage.folder.appendingPathComponent("outbox.sqlite-wal"))
            #expect(database.range(of: Data(token.utf8)) == nil && database.range(of: Data(key.utf8)) == nil)
        }
    }

    @Test("a new token stays in its file, even if its call cannot be ended in the journal")
    func tokenKept() async throws {
        var leeway = BillgateSimulator.Leeway()
        leeway.tokensAreKeys = false
        try await BillingStage.open(leeway: leeway) { stage in
            await stage.billgate.inject(.init(.slow(.seconds(2)), operation: .generateBillgateAccessToken, times: 1))
            let path = stage.folder.path + "/new"
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    let failed = try await refusal { () async throws(OperationError) in
                        try await stage.billing.writeToken(.new, to: path)
                    }
                    #expect(isUnavailable(failed))
                }
                // The token is made, and its answer is on its way: then the database goes.
                try await stage.billgate.waitForCalls(atLeast: 1)
                try FileManager.default.removeItem(at: stage.folder.appendingPathComponent("outbox.sqlite"))
                try await group.waitForAll()
            }
            let key = await stage.billgate.configuration.key
            let token = try String(contentsOfFile: path, encoding: .utf8)
            #expect(!token.isEmpty && token != key && !token.contains("\0"))
        }
    }

    @Test("without a provider that has bills there is nothing to ask")
    func none() async throws {
        try await BillingStage.open { stage in
            let none = BillingOperations(outbox: stage.outbox, provider: nil, clock: stage.time.clock)
            let refused = try await refusal { () async throws(OperationError) in try await none.list(.bills, [:]) }
            guard case .notFound = refused else { throw FixtureError() }
        }
    }
}
