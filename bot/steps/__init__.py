"""Steps of Workflow Builder: reports, files, runs and registrations in people's workflows."""
