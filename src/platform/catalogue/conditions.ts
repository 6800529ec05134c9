/** Collects conditions and the values that they name. */
export class Conditions {
  readonly values: unknown[]
  readonly #parts: string[] = []

  constructor(values: unknown[] = []) {
    this.values = values
  }

  /** @param part names the value as `?` */
  add(part: string, value: unknown): this {
    if (value === undefined) return this
    this.values.push(value)
    this.#parts.push(part.replaceAll('?', `$${this.values.length}`))
    return this
  }

  get where(): string {
    return this.#parts.length === 0 ? '' : `WHERE ${this.#parts.join(' AND ')}`
  }
}
