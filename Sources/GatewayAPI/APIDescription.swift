/// The OpenAPI description, as `/v1/openapi.json` serves it.
public enum APIDescription {
    public static var bytes: [UInt8] { PackageResources.openapi_json }
}
