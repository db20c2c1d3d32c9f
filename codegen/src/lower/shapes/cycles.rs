//! Types that contain themselves.
//!
//! A struct that holds itself through fields (not through `Vec` or a map, which are on the heap already) gets a `Box` on
//! every edge inside the cycle. The result does not depend on the order of definitions.

use crate::api::{DefinitionId, DefinitionKind, Definitions, Type};

/// Boxes every edge between two definitions of one cycle. Returns the definitions in dependency order: each comes after those stored
/// inside it.
pub(crate) fn box_cycles(definitions: &mut Definitions) -> Vec<usize> {
    let edges: Vec<Vec<usize>> = definitions.0.iter().map(|definition| direct_dependencies(&definition.kind)).collect();
    let component = strongly_connected(&edges);
    for index in 0..definitions.0.len() {
        let own = component[index];
        let cyclic =
            |target: DefinitionId| component[target.0] == own && (target.0 != index || edges[index].contains(&index));
        let mut kind = std::mem::replace(&mut definitions.0[index].kind, DefinitionKind::Alias(Type::Any));
        match &mut kind {
            DefinitionKind::Struct(structure) => {
                structure.fields.iter_mut().for_each(|field| box_edge(&mut field.ty, &cyclic))
            }
            DefinitionKind::Union(union) => {
                union.variants.iter_mut().for_each(|variant| box_edge(&mut variant.ty, &cyclic))
            }
            DefinitionKind::Alias(_) | DefinitionKind::Enum(_) => {}
        }
        definitions.0[index].kind = kind;
    }
    let mut order: Vec<usize> = (0..definitions.0.len()).collect();
    order.sort_by_key(|index| component.get(*index));
    order
}

/// A type alias cannot contain itself in Rust, not even through `Vec`: the inner occurrence becomes `serde_json::Value`.
pub(crate) fn open_alias_cycles(definitions: &mut Definitions) {
    let edges: Vec<Vec<usize>> = definitions
        .0
        .iter()
        .map(|definition| match &definition.kind {
            DefinitionKind::Alias(ty) => ty
                .named()
                .into_iter()
                .filter(|id| matches!(definitions.get(*id).kind, DefinitionKind::Alias(_)))
                .map(|id| id.0)
                .collect(),
            _ => Vec::new(),
        })
        .collect();
    let component = strongly_connected(&edges);
    for index in 0..definitions.0.len() {
        let own = component[index];
        if let DefinitionKind::Alias(ty) = &mut definitions.0[index].kind {
            open(ty, &|target: DefinitionId| component[target.0] == own && edges[index].contains(&target.0));
        }
    }
}

fn open(ty: &mut Type, cyclic: &dyn Fn(DefinitionId) -> bool) {
    match ty {
        Type::Named(id) if cyclic(*id) => *ty = Type::Any,
        Type::Array(inner) | Type::Map(inner) | Type::Nullable(inner) | Type::Boxed(inner) | Type::Secret(inner) => {
            open(inner, cyclic);
        }
        _ => {}
    }
}

fn box_edge(ty: &mut Type, cyclic: &dyn Fn(DefinitionId) -> bool) {
    match ty {
        Type::Named(id) if cyclic(*id) => *ty = Type::Boxed(Box::new(ty.clone())),
        Type::Nullable(inner) => box_edge(inner, cyclic),
        _ => {}
    }
}

/// The definitions whose values are stored inside a value, without a heap allocation between.
fn direct_dependencies(kind: &DefinitionKind) -> Vec<usize> {
    fn by_value(ty: &Type) -> Option<usize> {
        match ty {
            Type::Named(id) => Some(id.0),
            Type::Nullable(inner) | Type::Secret(inner) => by_value(inner),
            _ => None,
        }
    }
    match kind {
        DefinitionKind::Struct(structure) => structure.fields.iter().filter_map(|field| by_value(&field.ty)).collect(),
        DefinitionKind::Union(union) => union.variants.iter().filter_map(|variant| by_value(&variant.ty)).collect(),
        DefinitionKind::Alias(ty) => by_value(ty).into_iter().collect(),
        DefinitionKind::Enum(_) => Vec::new(),
    }
}

/// Every definition that a definition names.
pub(crate) fn mentioned_by(kind: &DefinitionKind) -> Vec<DefinitionId> {
    kind.types().into_iter().filter_map(Type::named).collect()
}

/// Maximum nesting depth of types, collections included. All types of a cycle count, as a path may visit each of them.
pub fn deepest_nesting(definitions: &Definitions) -> usize {
    let edges: Vec<Vec<usize>> = definitions
        .0
        .iter()
        .map(|definition| mentioned_by(&definition.kind).into_iter().map(|id| id.0).collect())
        .collect();
    let component = strongly_connected(&edges);
    let mut members: Vec<Vec<usize>> = vec![Vec::new(); definitions.0.len()];
    for (index, number) in component.iter().enumerate() {
        if let Some(members) = members.get_mut(*number) {
            members.push(index);
        }
    }
    // A component's number is above those that it leads to.
    let mut below: Vec<usize> = Vec::with_capacity(members.len());
    for own in &members {
        let targets = own.iter().filter_map(|index| edges.get(*index)).flatten();
        let depths = targets.filter_map(|target| below.get(*component.get(*target)?));
        below.push(own.len() + depths.max().copied().unwrap_or(0));
    }
    below.into_iter().max().unwrap_or(0)
}

/// Tarjan's algorithm without recursion: the number of each node's strongly connected component, which is above those that it leads to.
fn strongly_connected(edges: &[Vec<usize>]) -> Vec<usize> {
    const UNSEEN: usize = usize::MAX;
    let count = edges.len();
    let (mut order, mut low, mut component) = (vec![UNSEEN; count], vec![0; count], vec![UNSEEN; count]);
    let (mut stack, mut next_order, mut next_component) = (Vec::new(), 0, 0);
    for root in 0..count {
        if order[root] != UNSEEN {
            continue;
        }
        let mut calls = vec![(root, 0usize)];
        while let Some((node, edge)) = calls.pop() {
            if edge == 0 {
                order[node] = next_order;
                low[node] = next_order;
                next_order += 1;
                stack.push(node);
            }
            match edges[node].get(edge) {
                Some(&target) => {
                    calls.push((node, edge + 1));
                    if order[target] == UNSEEN {
                        calls.push((target, 0));
                    } else if component[target] == UNSEEN {
                        low[node] = low[node].min(order[target]);
                    }
                }
                None => {
                    if low[node] == order[node] {
                        while let Some(member) = stack.pop() {
                            component[member] = next_component;
                            if member == node {
                                break;
                            }
                        }
                        next_component += 1;
                    }
                    if let Some((parent, _)) = calls.last() {
                        low[*parent] = low[*parent].min(low[node]);
                    }
                }
            }
        }
    }
    component
}
