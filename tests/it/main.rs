//! Tests of the whole program.

mod architecture;
mod browsing;
mod harness;
mod screen;
