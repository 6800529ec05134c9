import fc from 'fast-check'
import { expect, test } from 'vitest'
import { commitGesture, createHistory, redoGesture, undoGesture } from './gesture-history.ts'

test('undo goes back gesture by gesture, redo forth again, each by its name, and a new gesture forgets what was undone', () => {
  fc.assert(
    fc.property(fc.array(fc.string(), { minLength: 1, maxLength: 12 }), (contents) => {
      let history = createHistory('first')
      contents.forEach((content, index) => {
        history = commitGesture(history, { name: `gesture ${index}`, content })
      })
      const states = ['first', ...contents]
      for (let step = states.length - 2; step >= 0; step--) {
        expect(history.past.at(-1)!.name).toBe(`gesture ${step}`)
        history = undoGesture(history)!
        expect(history.present).toBe(states[step])
      }
      expect(undoGesture(history)).toBeNull()
      contents.forEach((content, index) => {
        expect(history.future[0]!.name).toBe(`gesture ${index}`)
        history = redoGesture(history)!
        expect(history.present).toBe(content)
      })
      expect(redoGesture(history)).toBeNull()
      const undone = undoGesture(history)!
      expect(redoGesture(commitGesture(undone, { name: 'another', content: 'other' }))).toBeNull()
    }),
  )
})
