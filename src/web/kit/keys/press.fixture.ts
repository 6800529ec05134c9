import type { Pressed } from './name-of-key.ts'

/** A key as the browser tells it, with those that are held meanwhile. */
export const press = (key: string, modifiers: Partial<Pressed> = {}): Pressed => ({
  key,
  code: '',
  shiftKey: false,
  altKey: false,
  ctrlKey: false,
  metaKey: false,
  ...modifiers,
})
