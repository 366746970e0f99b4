use clap::Parser;
use server::command::Command;
use std::process::ExitCode;

/// A page is made of many small texts: a third of its time went to the system's allocator, measured.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // In one line: who runs the program is told what to do, not where in it that was noticed.
            eprintln!("Error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> anyhow::Result<()> {
    // At least two threads always: with one, Leptos can wait for itself (leptos issue 4647).
    let threads = std::thread::available_parallelism().map_or(2, |cores| cores.get().max(2));
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(threads)
        .enable_all()
        .build()?
        .block_on(Command::parse().run())
}
