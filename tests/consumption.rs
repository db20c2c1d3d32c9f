//! What a consumer compiles: its own build script's output, or this crate without the generator.

use std::path::Path;
use std::process::Command;

fn cargo(folder: &Path, arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO"))
        .args(arguments)
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", Path::new(env!("CARGO_TARGET_TMPDIR")).join("consumers"))
        .output()
        .unwrap();
    assert!(output.status.success(), "cargo {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// What a consumer's program prints: a copy of a folder of `tests/`, outside of this workspace.
fn said_by(consumer: &str, files: &[&str]) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(consumer);
    std::fs::create_dir_all(folder.join("src")).unwrap();
    for file in files {
        std::fs::copy(root.join("tests").join(consumer).join(file), folder.join(file)).unwrap();
    }
    let manifest = std::fs::read_to_string(root.join("tests").join(consumer).join("Cargo.toml")).unwrap();
    let codegen = format!("{:?}", root.join("codegen"));
    std::fs::write(folder.join("Cargo.toml"), manifest.replace("\"../../codegen\"", &codegen)).unwrap();
    std::fs::copy(root.join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
    cargo(&folder, &["run", "--quiet"])
}

#[test]
fn a_consumers_build_script_generates() {
    assert_eq!(
        said_by("consumer", &["build.rs", "pets.yaml", "src/main.rs"]),
        "/name: must have at least 1 character, has 0\n/kind: must be one of the 3 listed values\nSome(Schema { name: \"Pet\", .. })\n"
    );
}

/// `multer` and `form_urlencoded` are the judges of what is sent; what breaks a rule, wherever it is, is not.
#[test]
fn bodies_of_every_kind_are_read_by_others() {
    insta::assert_snapshot!(said_by("sender", &["build.rs", "pictures.yaml", "newer.yaml", "vault.yaml", "src/main.rs", "src/newer.rs", "src/refused.rs", "src/astray.rs"]), @r###"
    http://localhost:1/api/pictures
    https://upload.pictures.example/files/pictures
    title None Some("text/plain") b"A \"quoted\" title, Gr\xc3\xbc\xc3\x9fe"
    public None Some("text/plain") b"true"
    picture Some("a%22b.png") Some("image/png") b"\x89PNG\r\n--planchet-part-00000000\r\n"
    pages Some("pages") Some("application/octet-stream") b"\x01\x02"
    pages Some("pages") Some("application/pdf") b"\x03"
    labels None Some("text/csv") b"red"
    labels None Some("text/csv") b"blue"
    place None Some("application/json") b"{\"lat\":1.5}"
    application/x-www-form-urlencoded ["name=a&b=c d+é", "scopes=read", "scopes=write", "remember=false"]
    application/json {"name":"a&b=c d+é","remember":false,"scopes":["read","write"]}
    application/json {"name":"a&b=c d+é","remember":false,"scopes":["read","write"]}
    text/plain plain é
    application/octet-stream b"\0\xff"
    https://pictures.example/pictures?filter%5Bowner%5D=Ann%20%26%20Bob&filter%5Bsize%5D%5Bgte%5D=3&filter%5Btags%5D%5B0%5D=a&filter%5Btags%5D%5B1%5D=b&ids=3%7C4
    ["filter[owner]=Ann & Bob", "filter[size][gte]=3", "filter[tags][0]=a", "filter[tags][1]=b", "ids=3|4"]
    ["turn={\"by\":90}", "note=a b"] "{\"at\":[1,2]}"
    /path/id: must match `^[a-z]+$`
    /query/quality: must be at most 100, is 101
    /query/tags/0: must have at least 2 characters, has 1
    /query/tags: must have at least 2 elements, has 1
    /query/crop: must have at least 1 member, has 0
    /query/turn/by: must be a multiple of 90, is 45
    /query/note: must have at most 4 characters, has 5
    /header/X-Position/at/1: must be at most 9, is 10
    /header/X-Reason: fits what the document rules out
    /cookie/visit: must have at most 3 characters, has 4
    form: /url: must be of the format `uri`
    /sizes/2: must be a multiple of 8, is 9
    /sizes: must not repeat: elements 0 and 1 are equal
    parts: /picture: must have at most 2 bytes, has 3
    /pages/0: must have at least 1 byte, has 0
    /pages: must have at most 1 element, has 2
    /place/lat: must be at most 90, is 91
    text: sent
    text: (root): must have at most 3 characters, has 4
    integer: sent
    integer: (root): must be at least 3, is 2
    integer: (root): must be integer, found string
    bytes: sent
    bytes: (root): must have at least 2 bytes, has 1
    image: (root): must have at most 2 bytes, has 3
    no note: sent
    note: (root): must match `^[a-z]*$`
    note of bytes: (root): must have at most 1 byte, has 2
    note as YAML: sent
    /name: must have at least 1 character, has 0
    checked: 204 No Content ["DELETE http://vault.internal/tokens/a%2Fb?api_key=a%26b"]
    unchecked: 204 No Content ["DELETE http://vault.internal/tokens/a%2Fb?api_key=a%26b"]
    checked: the request was not sent: /path/token makes an empty path segment, which would reach another resource []
    unchecked: the request was not sent: /path/token makes an empty path segment, which would reach another resource []
    checked: the request was not sent: /path/token makes a path segment of dots, which would reach another resource []
    unchecked: the request was not sent: /path/token makes a path segment of dots, which would reach another resource []
    checked: the request was not sent: /path/token makes a path segment of dots, which would reach another resource []
    unchecked: the request was not sent: /path/token makes a path segment of dots, which would reach another resource []
    neighbours: the request was not sent: /path/a makes a path segment of dots, which would reach another resource []
    neighbours: 204 No Content ["GET http://vault.internal/tokens/.a...json?api_key=a%26b"]
    no key: 204 No Content ["DELETE http://vault.example/tokens/a"]
    in the clear: the request was not sent: the request would carry a secret unencrypted to a server that the document names; give its URL to the client to allow it []
    open: 204 No Content ["GET http://vault.example/open"]
    either: 204 No Content ["GET http://vault.internal/either?api_key=a%26b"]
    undefined: no credential is set for the security scheme `kye` []
    both: no credential is set for the security scheme `kye` []
    left out: kind: no credential is set for the security scheme `kind` []
    left out: place: no credential is set for the security scheme `place` []
    left out: elsewhere: no credential is set for the security scheme `elsewhere` []
    left out: text: no credential is set for the security scheme `text` []
    left out: unchecked: no credential is set for the security scheme `kind` []
    left out: requirement: no credential is set for the security scheme `(unreadable)` []
    mutual: 204 No Content ["GET http://vault.example/mutual"]
    mutual and key: 204 No Content ["GET http://vault.internal/mutual-and-key?api_key=a%26b"]
    mutual and no key: no credential is set for the security scheme `key` []
    Payment { card: Card { number: [redacted], brand: Some(Unknown([redacted])), additional_properties: {1 member, redacted} }, amount: Some(5), anything: Some([redacted]), labels: Some([redacted]), wallet: Some([redacted]), wallets: Some([redacted]), paid: Some(Formatted([redacted])), additional_properties: {2 members, redacted} }
    PaymentBuilder { card: Some(Card { number: [redacted], brand: Some(Unknown([redacted])), additional_properties: {1 member, redacted} }), amount: None, anything: Some([redacted]), labels: Some([redacted]), wallet: Some([redacted]), wallets: None, paid: None, additional_properties: {1 member, redacted} }
    a secret in the clear: the request was not sent: the request would carry a secret unencrypted to a server that the document names; give its URL to the client to allow it []
    a secret parameter: the request was not sent: the request would carry a secret unencrypted to a server that the document names; give its URL to the client to allow it []
    a secret, as the caller says: 204 No Content ["POST http://vault.internal/payments?api_key=a%26b"]
    [Card(Card { number: [redacted], brand: None, additional_properties: {} }), Array([redacted]), Unknown([redacted])]
    Call { operation: "search", template: "/search", .. }
    [BadRequest([redacted]), Conflict(Card { number: [redacted], brand: Some(Unknown([redacted])), additional_properties: {1 member, redacted} }), InternalServerError]
    Harmless { name: Some("a"), additional_properties: {"more": Number(1)} }
    "###);
}

/// The dependencies of a package outside the workspace that depends on this crate by path.
fn tree(name: &str, dependency: &str) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::create_dir_all(folder.join("src")).unwrap();
    std::fs::write(folder.join("src/lib.rs"), "").unwrap();
    let dependency = dependency.replace("PATH", &format!("{root:?}"));
    let manifest = format!(
        "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n[workspace]\n[dependencies]\nplanchet-payments = {dependency}\n"
    );
    std::fs::write(folder.join("Cargo.toml"), manifest).unwrap();
    std::fs::copy(root.join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
    cargo(&folder, &["tree", "-e", "normal,build", "--prefix", "none"])
}

#[test]
fn a_consumer_compiles_no_generator() {
    let all = tree("consumer-of-all", "{ path = PATH }");
    assert!(all.contains("reqwest "), "{all}");
    for generator in ["planchet v", "openapiv3 ", "prettyplease ", "saphyr-parser "] {
        assert!(!all.contains(generator), "{generator}: {all}");
    }
    let one = tree("consumer-of-one", "{ path = PATH, default-features = false, features = [\"frontstream\"] }");
    for client in ["reqwest ", "hyper ", "http ", "tower ", "rustls ", "tokio "] {
        assert!(!one.contains(client), "{client}: {one}");
    }
    assert!(one.contains("serde_json "), "{one}");
}
