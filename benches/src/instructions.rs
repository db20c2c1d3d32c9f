//! One piece of work, so many times: what `valgrind --tool=callgrind` counts. Without arguments, lists the works.

fn main() {
    let mut arguments = std::env::args().skip(1);
    let wanted = arguments.next().and_then(|index| index.parse::<usize>().ok());
    let count: usize = arguments.next().and_then(|count| count.parse().ok()).unwrap_or(1);
    for (index, work) in planchet_benches::works().iter().enumerate() {
        if wanted.is_none() {
            println!("{index}\t{}\t{}\t{}", work.payload, work.task, work.by);
        } else if wanted == Some(index) {
            let start = std::time::Instant::now();
            (0..count).for_each(|_| (work.run)());
            println!("{:.1}", start.elapsed().as_nanos() as f64 / count as f64);
        }
    }
}
