//! The index as bytes, and back: most of it are long lists of numbers, which are written as they lie in memory.

use super::{Index, Lists, Word};
use crate::search::vocabulary::Vocabulary;
use bytemuck::Pod;
use std::io::{self, Read, Write};

/// What no index of ours begins with means that the bytes are something else, or damaged.
fn damaged() -> io::Error {
    io::ErrorKind::InvalidData.into()
}

impl Index {
    /// Writes it.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn write(&self, to: &mut impl Write) -> io::Result<()> {
        for vocabulary in [&self.vocabulary, &self.body_vocabulary] {
            let (letters, starts, masks) = vocabulary.as_stored();
            write_bytes(letters.as_bytes(), to)?;
            write_numbers(starts, to)?;
            write_numbers(masks, to)?;
        }
        for lists in [&self.in_talks, &self.in_events, &self.in_bodies] {
            write_numbers(&lists.all, to)?;
            write_numbers(&lists.starts, to)?;
        }
        write_bytes(&self.worths, to)?;
        for lists in [&self.talks, &self.events] {
            let words: Vec<u32> = lists.all.iter().map(|word| word.0).collect();
            write_numbers(&words, to)?;
            write_numbers(&lists.starts, to)?;
        }
        let ranges: Vec<u32> = self.talks_of.iter().flat_map(|talks| [talks.start, talks.end]).collect();
        write_numbers(&ranges, to)
    }

    /// Reads it. What was written by another build, or is damaged, gives an error or another index: whoever asks holds the bytes to a
    /// checksum.
    ///
    /// # Errors
    /// Those of the reader, and bytes that are no index.
    pub fn read(from: &mut impl Read) -> io::Result<Index> {
        let mut vocabulary = || {
            let letters = String::from_utf8(read_bytes(from)?).map_err(|_| damaged())?;
            Vocabulary::from_stored(letters, read_numbers(from)?, read_numbers(from)?).ok_or_else(damaged)
        };
        let (vocabulary, body_vocabulary) = (vocabulary()?, vocabulary()?);
        let mut lists = || Ok::<_, io::Error>(Lists { all: read_numbers(from)?, starts: read_numbers(from)? });
        let (in_talks, in_events, in_bodies) = (lists()?, lists()?, lists()?);
        let worths = read_bytes(from)?;
        let mut words = || {
            let all = read_numbers(from)?.into_iter().map(Word).collect();
            Ok::<_, io::Error>(Lists { all, starts: read_numbers(from)? })
        };
        let (talks, events) = (words()?, words()?);
        let talks_of = read_numbers::<u32>(from)?.chunks_exact(2).map(|range| range[0]..range[1]).collect();
        Ok(Index { vocabulary, body_vocabulary, talks, events, talks_of, in_talks, worths, in_events, in_bodies })
    }
}

fn write_bytes(bytes: &[u8], to: &mut impl Write) -> io::Result<()> {
    to.write_all(&(bytes.len() as u64).to_le_bytes())?;
    to.write_all(bytes)
}

fn write_numbers(numbers: &[impl Pod], to: &mut impl Write) -> io::Result<()> {
    write_bytes(bytemuck::cast_slice(numbers), to)
}

fn read_length(from: &mut impl Read) -> io::Result<usize> {
    let mut length = [0; 8];
    from.read_exact(&mut length)?;
    // Lists are counted in 32 bits; a longer one is none of ours.
    usize::try_from(u64::from_le_bytes(length)).ok().filter(|length| u32::try_from(*length).is_ok()).ok_or_else(damaged)
}

fn read_bytes(from: &mut impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = vec![0; read_length(from)?];
    from.read_exact(&mut bytes)?;
    Ok(bytes)
}

fn read_numbers<N: Pod>(from: &mut impl Read) -> io::Result<Vec<N>> {
    let length = read_length(from)?;
    let mut numbers = vec![N::zeroed(); length / size_of::<N>()];
    if length % size_of::<N>() != 0 {
        return Err(damaged());
    }
    from.read_exact(bytemuck::cast_slice_mut(&mut numbers))?;
    Ok(numbers)
}
