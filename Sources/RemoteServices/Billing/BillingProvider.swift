public import JSON
public import Sales

/// A provider that sends bills, and keeps books beside them.
///
/// No call is made by itself, and none is repeated: the gateway decides, and writes down before the first byte what it sends.
public protocol BillingProvider: SaleProvider {
    /// What the provider would refuse in a call. Some rules need a look at what is there.
    func faults(of call: BillingCall) async throws(BillingFailure) -> [SaleFault]
    /// By what the call's thing is known: its id, or the number or code that it gets.
    func key(of call: BillingCall) -> String
    func repeating(_ call: BillingCall) -> BillingRepeat
    /// Looks for the thing that a call makes.
    func look(for call: BillingCall) async throws(BillingFailure) -> BillingFinding

    func page(_ call: BillingCall) async throws(BillingFailure) -> BillingPage
    /// Every operation but lists.
    func perform(_ call: BillingCall) async throws(BillingFailure) -> BillingAnswer
    /// How an answer that shows a bill says it stands; nil if it does not say.
    func bill(_ answer: JSONObject) -> BillState?

    // MARK: The key of the account

    /// Whether the account may use the provider's interface.
    func checkAuthorization() async throws(BillingFailure)
    /// The current token, or a new one.
    func accessToken(_ request: AccessTokenRequest) async throws(BillingFailure) -> AccessToken
    func revokeAccessToken() async throws(BillingFailure)
}
