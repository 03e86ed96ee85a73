//! Numbers in order, each with the place of a contact that has it: eight bytes a number.

/// Where a contact lies in the base.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place(u32);

/// How many bits of a place tell where in its chunk it is.
const WITHIN: u32 = 10;

impl Place {
    /// How many contacts a chunk holds at most.
    pub(super) const IN_CHUNK: usize = 1 << WITHIN;

    /// `chunk` is below 2^22 and `within` below [`Place::IN_CHUNK`]: four billion contacts.
    #[expect(
        clippy::cast_possible_truncation,
        reason = "four billion contacts do not fit into any memory"
    )]
    pub(super) fn new(chunk: usize, within: usize) -> Self {
        Self((chunk as u32) << WITHIN | within as u32)
    }

    pub(super) fn chunk(self) -> usize {
        (self.0 >> WITHIN) as usize
    }

    pub(super) fn within(self) -> usize {
        self.0 as usize & (Self::IN_CHUNK - 1)
    }
}

/// Pairs of a number, as its digits say, and a place; in order.
#[derive(Debug, Default)]
pub(super) struct Numbers {
    /// The upper halves that occur, and where the numbers of each begin.
    upper: Vec<(u32, u32)>,
    lower: Vec<u32>,
    places: Vec<Place>,
}

impl Numbers {
    pub(super) fn with_room(for_numbers: usize) -> Self {
        Self {
            upper: Vec::new(),
            lower: Vec::with_capacity(for_numbers),
            places: Vec::with_capacity(for_numbers),
        }
    }

    /// Adds a pair that comes after all that are there.
    pub(super) fn push(&mut self, number: u64, place: Place) {
        let (upper, lower) = halves(number);
        if self.upper.last().is_none_or(|(last, _)| *last != upper) {
            let begins = u32::try_from(self.lower.len()).unwrap_or(u32::MAX);
            self.upper.push((upper, begins));
        }
        self.lower.push(lower);
        self.places.push(place);
    }

    /// The places of those that have this number.
    pub(super) fn of(&self, number: u64) -> &[Place] {
        let (upper, lower) = halves(number);
        let Ok(at) = self.upper.binary_search_by_key(&upper, |(upper, _)| *upper) else {
            return &[];
        };
        let begin = self.begin(at);
        let same_half = self.lower.get(begin..self.begin(at + 1)).unwrap_or(&[]);
        let first = same_half.partition_point(|it| *it < lower);
        let rest = same_half.iter().skip(first);
        let count = rest.take_while(|it| **it == lower).count();
        let range = begin + first..begin + first + count;
        self.places.get(range).unwrap_or(&[])
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (u64, Place)> {
        let halves = self.upper.iter().enumerate();
        let numbers = halves.flat_map(|(at, (upper, _))| {
            let same_half = self.lower.get(self.begin(at)..self.begin(at + 1));
            let upper = u64::from(*upper) << u32::BITS;
            let same_half = same_half.unwrap_or(&[]).iter();
            same_half.map(move |lower| upper | u64::from(*lower))
        });
        numbers.zip(self.places.iter().copied())
    }

    pub(super) fn len(&self) -> usize {
        self.lower.len()
    }

    pub(super) fn heap_bytes(&self) -> usize {
        (self.upper.capacity() + self.lower.capacity()) * size_of::<u32>()
            + self.upper.capacity() * size_of::<u32>()
            + self.places.capacity() * size_of::<Place>()
    }

    /// Where the numbers of the upper half at that place begin.
    fn begin(&self, at: usize) -> usize {
        let begins = self.upper.get(at).map(|(_, begins)| *begins as usize);
        begins.unwrap_or(self.lower.len())
    }
}

#[expect(clippy::cast_possible_truncation, reason = "that is what halves are")]
fn halves(number: u64) -> (u32, u32) {
    ((number >> u32::BITS) as u32, number as u32)
}
