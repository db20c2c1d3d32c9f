//! Checks on operations that need more than one object: ids, parameters and path templates.
//!
//! `/pets/{id}` with a parameter `{ name: petId, in: path }` is wrong twice: `petId` is not in the path, and `id` is not
//! declared.

use std::collections::{HashMap, HashSet};

use crate::diagnostic::{self as codes, Diagnostic, Location, Report};

use crate::document::bundle::references;
use crate::document::text::node::{Node, escape};

/// The methods of a path item.
pub const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// Checks every path of the document.
pub fn check(root: &Node, report: &mut Report) {
    let Some(paths) = root.get("paths").and_then(Node::as_object) else { return };
    let mut ids: HashMap<&str, Location> = HashMap::new();
    for (path, member) in paths {
        if !path.starts_with('/') {
            continue;
        }
        let pointer = format!("/paths/{}", escape(path));
        let Some((item, _)) = references::follow(root, &member.node, &pointer) else { continue };
        let shared = parameters(root, item, report);
        let template: Vec<&str> = template_names(path).collect();
        for (name, parameter) in path_parameters(&shared) {
            if !template.contains(&name) {
                report.push(not_in_path(name, path, parameter.own));
            }
        }
        for (method, key, operation) in stated(item) {
            if let Some(id) = operation.get("operationId")
                && let Some(text) = id.as_str()
            {
                if let Some(first) = ids.get(text) {
                    let (line, column) = first.line_column();
                    let message = format!("`operationId` `{text}` is already used at {line}:{column}");
                    report.push(Diagnostic::new(&codes::DUPLICATE_OPERATION_ID, message).at(id));
                } else {
                    ids.insert(text, id.location.clone());
                }
            }
            let own = parameters(root, operation, report);
            let mut declared: HashSet<&str> = HashSet::new();
            for (name, parameter) in path_parameters(&own) {
                declared.insert(name);
                if !template.contains(&name) {
                    report.push(not_in_path(name, path, parameter.own));
                }
            }
            declared.extend(path_parameters(&shared).map(|(name, _)| name));
            for name in template.iter().filter(|name| !declared.contains(*name)) {
                let message = format!("`{{{name}}}` in `{path}` has no parameter in `{method}`");
                let hint = format!("declare a parameter `name: {name}`, `in: path`, `required: true`");
                report.push(Diagnostic::new(&codes::MISSING_PATH_PARAMETER, message).at(key.clone()).hint(hint));
            }
        }
    }
}

/// The operations of a path item: the method, the place of its key, the operation.
fn stated(item: &Node) -> Vec<(&str, &Location, &Node)> {
    let Some(members) = item.as_object() else { return Vec::new() };
    let mut found = Vec::new();
    for method in METHODS.into_iter().chain(["query"]) {
        if let Some(member) = members.get(method) {
            found.push((method, &member.key, &member.node));
        }
    }
    // These are of OpenAPI 3.2; in earlier versions the fields are reported as unknown.
    let additional = members.get("additionalOperations").and_then(|additional| additional.node.as_object());
    for (method, member) in additional.into_iter().flatten() {
        found.push((method.as_str(), &member.key, &member.node));
    }
    found
}

struct Parameter<'d> {
    name: &'d str,
    place: &'d str,
    /// Where it stands in the list: the parameter itself or a reference to it.
    own: &'d Node,
}

/// The parameters of a path item or an operation, reporting duplicates within the list.
fn parameters<'d>(root: &'d Node, holder: &'d Node, report: &mut Report) -> Vec<Parameter<'d>> {
    let elements = holder.get("parameters").and_then(Node::as_array).unwrap_or_default();
    let mut parameters: Vec<Parameter<'d>> = Vec::new();
    let mut seen = HashSet::new();
    for own in elements {
        let Some((node, _)) = references::follow(root, own, "") else { continue };
        let name = node.get("name").and_then(Node::as_str);
        let Some((name, place)) = name.zip(node.get("in").and_then(Node::as_str)) else { continue };
        if seen.insert((name, place)) {
            parameters.push(Parameter { name, place, own });
        } else {
            let message = format!("the {place} parameter `{name}` is in this list twice; the last one counts");
            report.push(Diagnostic::new(&codes::DUPLICATE_PARAMETER, message).at(own));
        }
    }
    parameters
}

fn path_parameters<'p, 'd>(parameters: &'p [Parameter<'d>]) -> impl Iterator<Item = (&'d str, &'p Parameter<'d>)> {
    parameters.iter().filter(|parameter| parameter.place == "path").map(|parameter| (parameter.name, parameter))
}

fn not_in_path(name: &str, path: &str, node: &Node) -> Diagnostic {
    let message = format!("the path parameter `{name}` is not in the path `{path}`");
    let hint = format!("write `{{{name}}}` in the path, or correct the parameter's `name` or `in`");
    Diagnostic::new(&codes::PATH_PARAMETER_NOT_IN_PATH, message).at(node).hint(hint)
}

/// `/pets/{id}/toys/{toy}` → `id`, `toy`, each once.
///
/// A fragment or a query in the path is a common way to tell operations of one URL apart; its expressions count.
pub fn template_names(path: &str) -> impl Iterator<Item = &str> {
    let mut seen = HashSet::new();
    let names = path.split('{').skip(1).filter_map(|part| part.split_once('}')).map(|(name, _)| name);
    names.filter(move |name| !name.is_empty() && seen.insert(*name))
}

#[cfg(test)]
mod tests {
    use super::template_names;

    #[test]
    fn each_name_of_a_template_is_found_once() {
        for (path, names) in [
            ("/pets", &[][..]),
            ("/pets/{id}/toys/{toy}", &["id", "toy"]),
            ("/pets/{id}/twins/{id}", &["id"]),
            ("/pets/{id}.{format}#{part}", &["id", "format", "part"]),
            ("/pets/{}/{open", &[]),
        ] {
            assert_eq!(template_names(path).collect::<Vec<_>>(), names, "{path}");
        }
    }
}
