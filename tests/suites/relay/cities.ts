// A page of cities and a refetchable city, as a Relay application would write them. Compiled, never run.
declare const graphql: (parts: TemplateStringsArray) => unknown;

export const citiesQuery = graphql`
  query citiesQuery($where: CityFilter) {
    ...cities_page @arguments(where: $where)
    node(id: "City:lund") {
      id
      ...cities_record @alias
    }
  }
`;

export const page = graphql`
  fragment cities_page on Query
  @argumentDefinitions(count: { type: "Int", defaultValue: 10 }, cursor: { type: "String" }, where: { type: "CityFilter" })
  @refetchable(queryName: "citiesPageQuery") {
    cities(first: $count, after: $cursor, where: $where, orderBy: [{ population: DESC }]) @connection(key: "cities_page_cities") {
      totalCount
      edges {
        node {
          id
          ...cities_record @alias
        }
      }
    }
  }
`;

export const record = graphql`
  fragment cities_record on City
  @argumentDefinitions(count: { type: "Int", defaultValue: 5 }, cursor: { type: "String" })
  @refetchable(queryName: "citiesRecordQuery") {
    name
    labelDate
    networks(last: $count, before: $cursor) @connection(key: "cities_record_networks") {
      edges {
        from
        node {
          name
        }
      }
    }
  }
`;

export const support = graphql`
  fragment cities_support on Record @refetchable(queryName: "citiesSupportQuery") {
    slug
    sources(first: 3) {
      edges {
        node {
          url
        }
      }
    }
  }
`;
