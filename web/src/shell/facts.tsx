// Names and values below each other; what has no value is left out.
interface Props {
  facts: [name: string, value: string | null | undefined][];
}

export function Facts({ facts }: Props) {
  return (
    <dl class="facts wide-facts card">
      {facts
        .filter(([, value]) => value)
        .map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}
