extension Member {
    func decimal(_ name: String) throws(Refusal) -> String {
        guard let text = object[name]?.text else { throw fault(name, "a decimal as a string") }
        guard Grammar.isDecimal(text) else {
            throw .schema(pathTo(name), "expected a decimal such as \"12.50\"")
        }
        return text
    }
}
