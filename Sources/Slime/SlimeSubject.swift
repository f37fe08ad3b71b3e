/// The calls of the API that we use.
enum SlimeSubject: String, Sendable {
    case hello = "test/hello"
    case stub = "simple-transaction/initiate-with-tax-invoice-stub"
    case show = "trading-transaction/show"
}
