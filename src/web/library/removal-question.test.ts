import { expect, test } from 'vitest'
import { removalQuestion } from './removal-question.ts'

test.each([
  [undefined, 'Remove it from the library? No file is touched.'],
  [{ going: 0, kept: 0, kept_labels: 0, elsewhere: 0 }, 'Remove it from the library? It holds no tracks.'],
  [
    { going: 312, kept: 9, kept_labels: 40, elsewhere: 0 },
    '312 tracks go; 9 tracks with your work are kept under Missing. No file is touched.',
  ],
  [
    { going: 1, kept: 1, kept_labels: 1, elsewhere: 1 },
    '1 track goes; 1 track with your work is kept under Missing; 1 track in other folders too stays. No file is touched.',
  ],
])('the question says what taking a folder out does', (removal, question) => {
  expect(removalQuestion(removal)).toBe(question)
})
