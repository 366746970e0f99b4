use clap::Parser;
use server::command::Command;
use std::process::ExitCode;

/// Rendering a page allocates many small strings. With the system's allocator a third of the time was spent in it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // One line without a backtrace: the reader runs the program and may not know its source.
            eprintln!("Error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> anyhow::Result<()> {
    // At least two threads: with one, Leptos can deadlock (leptos issue 4647).
    let threads = std::thread::available_parallelism().map_or(2, |cores| cores.get().max(2));
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(threads)
        .enable_all()
        .build()?
        .block_on(Command::parse().run())
}
