/**
 * Gives the answer of before while its stamp is the same, and makes it anew otherwise.
 * @param most answers that are kept, those that were asked for last
 */
export const keptAnswers = <Answer>(
  most: number,
): ((name: string, stamp: string, make: () => Promise<Answer>) => Promise<Answer>) => {
  const kept = new Map<string, { readonly stamp: string; readonly answer: Promise<Answer> }>()
  return (name, stamp, make) => {
    const before = kept.get(name)
    const now = before?.stamp === stamp ? before : { stamp, answer: make() }
    kept.delete(name)
    kept.set(name, now)
    for (const oldest of kept.keys()) if (kept.size > most) kept.delete(oldest)
    // What could not be made is tried again.
    if (now !== before) now.answer.catch(() => kept.get(name) === now && kept.delete(name))
    return now.answer
  }
}
