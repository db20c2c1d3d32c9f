//! Times of every work, by criterion.

use criterion::{Criterion, criterion_group, criterion_main};

fn validation(criterion: &mut Criterion) {
    for work in planchet_benches::works() {
        let name = format!("{}, {}", work.payload, work.task);
        criterion.benchmark_group(name).bench_function(work.by, |bencher| bencher.iter(|| (work.run)()));
    }
}

criterion_group!(benches, validation);
criterion_main!(benches);
