//! The records of the CRM that the tests play: created, given to people as tasks, edited, deleted.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Mutex;

use jiff::Timestamp;
use linecard_crm::{
    Changes, Created, Cursor, Deletion, Failure, FollowUp, LabelledNumber, Logged, Module,
    NewRecord, NumberLabel, Person, Record, RecordRef,
};

use super::crm::Answer;

/// What the CRM holds besides the contacts that a test puts in by their number.
#[derive(Default)]
pub(crate) struct Records(Mutex<State>);

#[derive(Default)]
struct State {
    created: Vec<(NewRecord, Record)>,
    creates: usize,
    create_answers: VecDeque<Answer>,
    duplicate: Option<Record>,
    lags: bool,
    removed: Vec<RecordRef>,
    tasks: Vec<FollowUp>,
    task_answers: VecDeque<Answer>,
    people: BTreeMap<String, Person>,
    /// What changed, in its order.
    log: Vec<RecordRef>,
    deletions: Vec<Deletion>,
    page: usize,
    pages: Vec<Option<String>>,
    at_page: Option<(usize, Answer)>,
    reads: usize,
    no_cursors: bool,
}

pub(crate) fn record(module: Module, id: &str, name: &str, number: &str) -> Record {
    Record {
        at: RecordRef {
            module,
            id: id.to_owned(),
        },
        name: name.to_owned(),
        company: None,
        owner: None,
        number: number.to_owned(),
        account: None,
        modified: None,
        last_activity: None,
        page: "https://elsewhere.example/never".parse().unwrap(),
    }
}

impl Records {
    /// The next requests to create a record are answered so; later ones succeed.
    pub(crate) fn create_answers(&self, answers: impl IntoIterator<Item = Answer>) {
        self.with(|state| state.create_answers.extend(answers));
    }

    /// The CRM takes whatever is to be created for a duplicate of this one.
    pub(crate) fn has_a_duplicate(&self, record: Record) {
        self.with(|state| state.duplicate = Some(record));
    }

    /// The CRM's search does not find what was created.
    pub(crate) fn search_lags(&self) {
        self.with(|state| state.lags = true);
    }

    /// What was created, as it was asked for.
    pub(crate) fn created(&self) -> Vec<NewRecord> {
        self.with(|state| state.created.iter().map(|(new, _)| new.clone()).collect())
    }

    /// How many requests to create a record it has got.
    pub(crate) fn creates(&self) -> usize {
        self.with(|state| state.creates)
    }

    /// What was removed.
    pub(crate) fn removed(&self) -> Vec<RecordRef> {
        self.with(|state| state.removed.clone())
    }

    /// The next requests to give somebody a task are answered so; later ones succeed.
    pub(crate) fn task_answers(&self, answers: impl IntoIterator<Item = Answer>) {
        self.with(|state| state.task_answers.extend(answers));
    }

    /// The tasks.
    pub(crate) fn tasks(&self) -> Vec<FollowUp> {
        self.with(|state| state.tasks.clone())
    }

    /// Somebody types a contact in, or changes it.
    pub(crate) fn edit(&self, id: &str, name: &str, numbers: &[&str]) {
        self.edit_in(Module::Contact, id, name, numbers);
    }

    /// The same with another kind of record.
    pub(crate) fn edit_in(&self, module: Module, id: &str, name: &str, numbers: &[&str]) {
        let number = numbers.first().copied().unwrap_or_default();
        let person = Person {
            record: record(module, id, name, number),
            numbers: numbers
                .iter()
                .map(|number| LabelledNumber {
                    label: NumberLabel::Mobile,
                    number: (*number).to_owned(),
                })
                .collect(),
            email: None,
        };
        self.with(|state| {
            state.log.push(person.record.at.clone());
            state.people.insert(id.to_owned(), person);
        });
    }

    /// Somebody deletes a contact, or merges it into another.
    pub(crate) fn delete(&self, id: &str, merged_into: Option<&str>) {
        let at = |id: &str| RecordRef {
            module: Module::Contact,
            id: id.to_owned(),
        };
        self.with(|state| {
            state.people.remove(id);
            state.deletions.push(Deletion {
                at: at(id),
                merged_into: merged_into.map(at),
            });
        });
    }

    /// It tells so many changes with one request.
    pub(crate) fn pages_of(&self, size: usize) {
        self.with(|state| state.page = size);
    }

    /// The request for changes of this number, from 0, is answered so; the others succeed.
    pub(crate) fn at_page(&self, number: usize, answer: Answer) {
        self.with(|state| state.at_page = Some((number, answer)));
    }

    /// The cursors with which it was asked for changes.
    pub(crate) fn pages(&self) -> Vec<Option<String>> {
        self.with(|state| state.pages.clone())
    }

    /// How many requests to read records by their ids it has got.
    pub(crate) fn reads(&self) -> usize {
        self.with(|state| state.reads)
    }

    /// Changes can only be read from the very first record.
    pub(crate) fn has_no_cursors(&self) {
        self.with(|state| state.no_cursors = true);
    }

    pub(super) fn with_number(&self, number: &str) -> Vec<Record> {
        self.with(|state| {
            let created = state.created.iter().map(|(_, record)| record);
            let created = created.filter(|record| !state.lags && record.number == number);
            let people = state.people.values();
            let people = people.filter(|it| it.numbers.iter().any(|it| it.number == number));
            created
                .chain(people.map(|person| &person.record))
                .cloned()
                .collect()
        })
    }

    pub(super) async fn create(&self, new: &NewRecord) -> Result<Created, Failure> {
        let answer = self.with(|state| {
            state.creates += 1;
            state.create_answers.pop_front()
        });
        match answer {
            None => Ok(self.keep(new)),
            Some(Answer::WriteAndLose) => {
                self.keep(new);
                Err(Failure::unknown("connection reset"))
            }
            Some(Answer::Fail(failure)) => Err(failure),
            Some(Answer::Hang) => std::future::pending().await,
        }
    }

    /// What a request to create `new` leaves.
    pub(crate) fn keep(&self, new: &NewRecord) -> Created {
        self.with(|state| {
            if let Some(record) = state.duplicate.clone() {
                return Created {
                    record,
                    existed: true,
                };
            }
            let id = format!("NEW{}", state.created.len());
            let name = format!("{} {}", new.first_name, new.last_name);
            let mut record = record(new.module, &id, &name, new.phone.e164.as_str());
            record.owner.clone_from(&new.owner);
            state.created.push((new.clone(), record.clone()));
            Created {
                record,
                existed: false,
            }
        })
    }

    pub(super) fn find_created(&self, new: &NewRecord) -> Option<Record> {
        self.with(|state| {
            let of_key = state.created.iter().find(|(made, _)| made.key == new.key);
            of_key.map(|(_, record)| record.clone())
        })
    }

    pub(super) fn remove_created(&self, at: &RecordRef) {
        self.with(|state| {
            state.created.retain(|(_, record)| record.at != *at);
            state.removed.push(at.clone());
        });
    }

    pub(super) async fn add_task(&self, task: &FollowUp) -> Result<Logged, Failure> {
        let answer = self.with(|state| state.task_answers.pop_front());
        if matches!(answer, None | Some(Answer::WriteAndLose)) {
            self.with(|state| state.tasks.push(task.clone()));
        }
        match answer {
            None => Ok(Logged::whole(format!("00T{}", task.key))),
            Some(Answer::Fail(failure)) => Err(failure),
            Some(Answer::WriteAndLose) => Err(Failure::unknown("connection reset")),
            Some(Answer::Hang) => std::future::pending().await,
        }
    }

    pub(super) fn find_task(&self, task: &FollowUp) -> Option<String> {
        self.with(|state| {
            let there = state.tasks.iter().any(|it| it.key == task.key);
            there.then(|| format!("00T{}", task.key))
        })
    }

    pub(super) async fn changed(
        &self,
        module: Module,
        cursor: Option<&Cursor>,
    ) -> Result<Changes, Failure> {
        let answer = self.with(|state| {
            let number = state.pages.len();
            state.pages.push(cursor.map(|cursor| cursor.0.clone()));
            let (_, answer) = state.at_page.take_if(|(at, _)| *at == number)?;
            Some(answer)
        });
        match answer {
            Some(Answer::Fail(failure)) => return Err(failure),
            Some(_) => std::future::pending().await,
            None => {}
        }
        Ok(self.with(|state| {
            let from = cursor.map_or(0, |cursor| cursor.0.parse().unwrap());
            let size = state.page.max(1);
            let all: Vec<_> = state.log.iter().filter(|it| it.module == module).collect();
            let page: Vec<_> = all.iter().skip(from).take(size).collect();
            let to = from + page.len();
            Changes {
                changed: page
                    .into_iter()
                    .filter_map(|it| state.people.get(&it.id).cloned())
                    .collect(),
                next: Cursor(to.to_string()),
                more: to < all.len(),
                total: u64::try_from(all.len()).ok(),
            }
        }))
    }

    pub(super) fn cursor_at(&self, module: Module) -> Option<Cursor> {
        self.with(|state| {
            let read = state.log.iter().filter(|it| it.module == module).count();
            (!state.no_cursors).then(|| Cursor(read.to_string()))
        })
    }

    pub(super) fn read(&self, module: Module, ids: &[String]) -> Vec<Person> {
        self.with(|state| {
            state.reads += 1;
            let created = state.created.iter().map(|(_, record)| Person {
                record: record.clone(),
                numbers: vec![LabelledNumber {
                    label: NumberLabel::Work,
                    number: record.number.clone(),
                }],
                email: None,
            });
            let people = state.people.values().cloned().chain(created);
            people
                .filter(|it| it.record.at.module == module && ids.contains(&it.record.at.id))
                .collect()
        })
    }

    pub(super) fn deleted(&self, module: Module, _: Timestamp, held: &[String]) -> Vec<Deletion> {
        self.with(|state| {
            let deletions = state.deletions.iter();
            deletions
                .filter(|it| it.at.module == module && held.contains(&it.at.id))
                .cloned()
                .collect()
        })
    }

    fn with<T>(&self, f: impl FnOnce(&mut State) -> T) -> T {
        f(&mut self.0.lock().unwrap())
    }
}
