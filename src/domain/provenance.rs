//! Provenance: how sure a value is.

/// Where a value came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Origin {
    /// The source says so in as many words.
    Stated,
    /// It follows from what the source says (a surname from a list further up, an end from the next talk's start).
    Derived,
    /// It was read out of prose and may be wrong.
    Guessed,
}

impl Origin {
    /// The name in files and machine output.
    pub fn name(self) -> &'static str {
        match self {
            Origin::Stated => "stated",
            Origin::Derived => "derived",
            Origin::Guessed => "guessed",
        }
    }

    /// Every origin, surest first.
    pub const ALL: [Origin; 3] = [Origin::Stated, Origin::Derived, Origin::Guessed];
}

/// The values of a talk that have a provenance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Field {
    /// The talk's title.
    Title,
    /// The speakers' names.
    Speakers,
    /// The speakers' companies.
    Company,
    /// The start cue.
    Start,
    /// The end cue.
    End,
    /// The video it lies in.
    Recording,
    /// The takeaways.
    Takeaways,
    /// The chapters inside the talk.
    Chapters,
}

impl Field {
    /// Every field, in the order of the screen.
    pub const ALL: [Field; 8] =
        [Field::Title, Field::Speakers, Field::Company, Field::Start, Field::End, Field::Recording, Field::Takeaways, Field::Chapters];

    /// The name in files and machine output.
    pub fn name(self) -> &'static str {
        match self {
            Field::Title => "title",
            Field::Speakers => "speakers",
            Field::Company => "company",
            Field::Start => "start",
            Field::End => "end",
            Field::Recording => "recording",
            Field::Takeaways => "takeaways",
            Field::Chapters => "chapters",
        }
    }
}

/// The origin of each value of a talk; a value that is missing has none.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Provenance {
    /// Two bits for each field: nothing, or the place of an origin among all, counted from 1.
    bits: u16,
}

const _: () = assert!(Field::ALL.len() * 2 <= u16::BITS as usize && Origin::ALL.len() < 4);

impl Provenance {
    /// Says where a value came from.
    pub fn set(&mut self, field: Field, origin: Origin) {
        let shift = 2 * field as u16;
        self.bits = self.bits & !(3 << shift) | (origin as u16 + 1) << shift;
    }

    /// Where a value came from.
    pub fn get(&self, field: Field) -> Option<Origin> {
        let place = usize::from(self.bits >> (2 * field as u16) & 3).checked_sub(1)?;
        Some(Origin::ALL[place])
    }

    /// The known ones, in the order of the screen.
    pub fn iter(&self) -> impl Iterator<Item = (Field, Origin)> + '_ {
        Field::ALL.into_iter().filter_map(|field| Some((field, self.get(field)?)))
    }

    /// All of it as a number, to be kept.
    pub fn bits(self) -> u16 {
        self.bits
    }

    /// What was kept as a number; any number means something.
    pub fn of_bits(bits: u16) -> Provenance {
        Provenance { bits }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_field_has_its_own_origin() {
        let mut provenance = Provenance::default();
        provenance.set(Field::Title, Origin::Guessed);
        provenance.set(Field::Chapters, Origin::Derived);
        provenance.set(Field::Title, Origin::Stated);
        let all: Vec<_> = Provenance::of_bits(provenance.bits()).iter().collect();
        assert_eq!(all, [(Field::Title, Origin::Stated), (Field::Chapters, Origin::Derived)]);
    }
}
