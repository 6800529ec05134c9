import { UserError } from '../../core/support/user-error.ts'

/** Whatever is asked of it, at any depth, is refused; the details say what it is called. */
const refusal = (name: string): unknown =>
  new Proxy(() => {}, {
    apply: () =>
      Promise.reject(
        new UserError('NOT_IN_A_CATALOGUE', 'A shared catalogue does not offer this.', { operation: name }),
      ),
    // A promise would be waited for, and nothing asks for symbols but the language.
    get: (_, member) => (typeof member === 'symbol' || member === 'then' ? undefined : refusal(`${name}.${member}`)),
  })

/** A noun of the app of which a catalogue offers a part; the rest is refused by code, not missing. */
export const offering = <Noun extends object>(name: string, offered: Partial<Noun>): Noun =>
  new Proxy(offered, {
    get: (own, member, receiver) =>
      Reflect.has(own, member) || typeof member === 'symbol' || member === 'then'
        ? Reflect.get(own, member, receiver)
        : refusal(`${name}.${member}`),
  }) as Noun
