using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ProcessManager.Host.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class PlanMoves : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "plan_moves",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    project_id = table.Column<long>(type: "INTEGER", nullable: false),
                    batch = table.Column<string>(type: "TEXT", nullable: false),
                    from_version_id = table.Column<long>(type: "INTEGER", nullable: false),
                    to_version_id = table.Column<long>(type: "INTEGER", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    actor = table.Column<string>(type: "TEXT", nullable: false),
                    note = table.Column<string>(type: "TEXT", nullable: true),
                    project_version = table.Column<long>(type: "INTEGER", nullable: false),
                    state_before = table.Column<byte[]>(type: "BLOB", nullable: false),
                    hash_after = table.Column<byte[]>(type: "BLOB", nullable: false),
                    timer_reasons = table.Column<string>(type: "TEXT", nullable: true),
                    final = table.Column<string>(type: "TEXT", nullable: true),
                    undone_at = table.Column<long>(type: "INTEGER", nullable: true),
                    undone_by = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_plan_moves", x => x.id);
                    table.ForeignKey(
                        name: "FK_plan_moves_projects_project_id",
                        column: x => x.project_id,
                        principalTable: "projects",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "ix_plan_moves_of_batch",
                table: "plan_moves",
                columns: new[] { "batch", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_plan_moves_of_project",
                table: "plan_moves",
                columns: new[] { "project_id", "id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "plan_moves");
        }
    }
}
